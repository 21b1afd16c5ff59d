package fr.sas.hub.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.transaction.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * The transactions of all rooms: Spring Boot's, except that a lost connection counts as a rollback, and that requests
 * remember their commits.
 */
@Configuration(proxyBeanMethods = false)
class HubTransactions {

    private static final Logger log = LoggerFactory.getLogger(HubTransactions.class);

    @Bean
    PlatformTransactionManager transactionManager(ObjectProvider<TransactionManagerCustomizers> customizers) {
        JpaTransactionManager transactions = new EndedByLoss();
        customizers.ifAvailable(all -> all.customize(transactions));
        return transactions;
    }

    /** The server has rolled back a transaction whose connection is lost: failing to send it the rollback must not replace the original error. */
    private static final class EndedByLoss extends JpaTransactionManager {

        /** Recorded before it is sent: of a commit that fails it is not known whether the server received it. */
        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            if (!status.isReadOnly()) {
                RequestCommits.happens();
            }
            super.doCommit(status);
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                super.doRollback(status);
            } catch (RuntimeException e) {
                if (!DatabaseFailure.isIn(e)) {
                    throw e;
                }
                log.debug("Rolled back by the loss of its connection: {}", e.toString());
            }
        }
    }
}
