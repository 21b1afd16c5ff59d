package fr.sas.hub.ops;

import fr.sas.hub.appointment.BookingCounts;
import java.time.Clock;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How many appointments are upcoming, and whether declarations still arrive. */
@Component
@Order(20)
class BookingsWatched implements Watched {

    private final Remembered<BookingCounts.Count> bookings;

    BookingsWatched(BookingCounts bookings, Clock clock) {
        this.bookings = new Remembered<>(clock, Duration.ofSeconds(15), bookings::count);
    }

    @Override
    public String key() {
        return "ops.tile.bookings";
    }

    @Override
    public Tile look() {
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
