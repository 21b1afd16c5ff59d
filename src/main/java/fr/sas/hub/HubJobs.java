package fr.sas.hub;

import fr.sas.hub.database.JobFailures;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The threads of every {@code @Scheduled} job, a few by {@code spring.task.scheduling}. With virtual threads Spring Boot
 * would run all that have a fixed delay on one thread: a job that waits (for the database, for a slow validation) would
 * hold up every other, those that make vendors be asked among them. {@link JobFailures} is for jobs that are repeated, as all are: of one
 * that runs once it would say that it waits for a turn that never comes, and would not let the failure reach whoever awaits the job.
 */
@Configuration(proxyBeanMethods = false)
class HubJobs {

    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder threads) {
        ThreadPoolTaskScheduler jobs = threads.build();
        jobs.setErrorHandler(new JobFailures());
        return jobs;
    }
}
