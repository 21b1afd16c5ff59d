package fr.sas.hub.push;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor's request affects.
 *
 * @param schedules Schedules that changed, or whose Slots did
 * @param others changed resources that are neither
 * @param repeated Schedules of which something was sent again unchanged
 */
record TouchedResources(Set<String> schedules, Set<ResourceAddress> others, Set<String> repeated) {

    TouchedResources() {
        this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    void changed(@Nullable StoredResource before, StoredResource after) {
        ResourceAddress address = after.address();
        switch (address.type()) {
            case "Slot" -> {
                if (before != null && before.schedule() != null) {
                    schedules.add(before.schedule());
                }
                if (after.schedule() != null) {
                    schedules.add(after.schedule());
                }
            }
            case "Schedule" -> schedules.add(address.id());
            default -> others.add(address);
        }
    }

    void repeated(StoredResource same) {
        if (same.schedule() != null) {
            repeated.add(same.schedule());
        } else if (same.address().type().equals("Schedule")) {
            repeated.add(same.address().id());
        }
    }
}
