package fr.sas.hub.database;

import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import org.springframework.data.domain.Persistable;

/** A row that people edit one by one: it counts its changes from 1, and a change made of an older one is refused (docs/decisions/0067). */
@MappedSuperclass
public abstract class EditedRow<I> implements Persistable<I> {

    @Version
    private long version = 1;

    @Transient
    private boolean isNew = true;

    /** What {@code ETag} carries; a change counts once it is flushed. */
    public long version() {
        return version;
    }

    /** Ids are given before the row is kept: Spring Data cannot tell by them. */
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
