package org.sallyport.planted.core.storage;

import java.sql.Connection;
import org.sqlite.SQLiteDataSource;

interface OpensDatabase {
    Connection open(SQLiteDataSource source);
}
