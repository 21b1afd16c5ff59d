package fr.sas.hub.ops;

import fr.sas.hub.appointment.BookingCounts;
import java.time.Clock;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How many appointments are upcoming, and whether declarations still arrive. */
@Component
@Order(20)
class BookingsTile implements TileSource {

    private final CachedFigure<BookingCounts.Count> bookings;

    BookingsTile(BookingCounts bookings, Clock clock) {
        this.bookings = new CachedFigure<>(clock, Duration.ofSeconds(15), bookings::count);
    }

    @Override
    public String key() {
        return "ops.tile.bookings";
    }

    @Override
    public Tile tile() {
        BookingCounts.Count count = bookings.get();
        return new Tile(
                key(),
                "good",
                String.valueOf(count.booked()),
                "ops.tile.bookings.lately",
                count.lately(),
                ViewFormats.at(count.lastAt()));
    }
}
