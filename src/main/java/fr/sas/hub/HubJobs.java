package fr.sas.hub;

import fr.sas.hub.database.JobFailures;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The threads of all {@code @Scheduled} jobs, as many as {@code spring.task.scheduling} says. With virtual threads Spring Boot
 * would run all jobs with a fixed delay on one thread: a job that waits (for the database, for a slow validation) would
 * hold up every other, including those that poll vendors. {@link JobFailures} is for repeated jobs, and all are: for one
 * that runs once it would announce a next run that never happens, and hide the failure from the caller awaiting the job.
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
