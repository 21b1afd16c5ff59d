package fr.sas.hub.ops;

import fr.sas.hub.appointment.BookingCounts;
import java.time.Clock;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How many appointments are to come, and whether declarations still arrive. */
@Component
@Order(20)
class BookingsWatched implements Watched {

    private final Remembered<BookingCounts.Count> bookings;

    BookingsWatched(BookingCounts bookings, Clock clock) {
        this.bookings = new Remembered<>(clock, Duration.ofSeconds(15), bookings::count);
    }

    @Override
    public Tile look() {
        try {
            BookingCounts.Count count = bookings.get();
            return new Tile(
                    "ops.tile.bookings",
                    "good",
                    String.valueOf(count.booked()),
                    "ops.tile.bookings.lately",
                    count.lately(),
                    Say.SAY.time(count.lastAt()));
        } catch (DataAccessException e) {
            return new Tile("ops.tile.bookings", "bad", "?", "ops.tile.database.gone");
        }
    }
}
