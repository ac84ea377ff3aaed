package org.sallyport.planted.app.tray;

interface UnlistedAppPackage { }
