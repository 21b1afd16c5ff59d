package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The vendors in force on this node. Reads are lock-free: search asks on every answer. */
@Service
public class Vendors {

    public Optional<Vendor> find(Source source) {
        return Optional.empty();
    }

    public List<Vendor> list() {
        return List.of();
    }
}
