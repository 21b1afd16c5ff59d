package fr.sas.hub.agenda.place;

import fr.sas.hub.slot.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/**
 * Notices about places, for the rooms that show slots there. A front door of the room; changes are published as
 * {@link PlaceNoticesChanged}.
 */
@Service
public class PlaceNotices {

    private final PlaceTables tables;
    private final CentreNotices centres;

    PlaceNotices(PlaceTables tables, CentreNotices centres) {
        this.tables = tables;
        this.centres = centres;
    }

    /** By subject; those without notices are missing. */
    public Map<Subject, List<PlaceNotice>> of(Collection<? extends Subject> subjects) {
        return centres.around(subjects, tables::notices);
    }
}
