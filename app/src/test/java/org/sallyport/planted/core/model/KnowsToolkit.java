package org.sallyport.planted.core.model;

import javafx.beans.property.StringProperty;

interface KnowsToolkit {
    StringProperty name();
}
