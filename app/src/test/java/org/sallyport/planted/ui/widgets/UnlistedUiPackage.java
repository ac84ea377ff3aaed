package org.sallyport.planted.ui.widgets;

interface UnlistedUiPackage { }
