package fr.sas.hub.database;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import org.springframework.data.domain.Persistable;

/**
 * A row that people edit individually: its version counts from 1, and a change based on an older version is refused
 * (docs/decisions/0067).
 */
@MappedSuperclass
public abstract class EditedRow<I> implements Persistable<I> {

    @Version
    private long version = 1;

    @Transient
    private boolean isNew = true;

    /** The version in {@code ETag}; it is incremented when a change is flushed. */
    public long version() {
        return version;
    }

    /** Ids are assigned before the row is saved, so Spring Data cannot tell new rows by a missing id. */
    @Override
    public boolean isNew() {
        return isNew;
    }

    @PostLoad
    @PostPersist
    void isKept() {
        isNew = false;
    }
}
