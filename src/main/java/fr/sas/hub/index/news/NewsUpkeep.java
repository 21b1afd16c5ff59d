package fr.sas.hub.index.news;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes news that is hours old from the outbox, one part at a time. Any number of nodes of either kind may do so. */
@Component
class NewsUpkeep {

    private static final Logger log = LoggerFactory.getLogger(NewsUpkeep.class);

    private final NewsTables tables;
    private final TransactionTemplate transaction;

    NewsUpkeep(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.tables = new NewsTables(jdbc);
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        try {
            transaction.executeWithoutResult(status -> tables.partReadByNobody()
                    .filter(part -> !tables.isEmpty(part))
                    .ifPresent(tables::empty));
        } catch (DataAccessException e) {
            log.debug("Old news could not be removed; retrying later: {}", e.getMessage());
        }
    }
}
