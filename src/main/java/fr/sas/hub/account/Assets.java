package fr.sas.hub.account;

import jakarta.servlet.DispatcherType;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Styles, scripts and pictures of people's pages: templates name them {@code @{/assets/…}}, browsers an address with a hash of
 * their content, which they may keep for a year.
 */
@Configuration(proxyBeanMethods = false)
class Assets implements WebMvcConfigurer {

    private static final String PATH = "/assets/";

    /** What browsers ask for where a page, or an answer of the API, names no mark. */
    private static final String OLD_MARK = "/favicon.ico";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(PATH + "**")
                .addResourceLocations("classpath:/static" + PATH)
                .setCacheControl(
                        CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
        registry.addResourceHandler(OLD_MARK)
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.maxAge(1, TimeUnit.DAYS).cachePublic());
    }

    /** Only where pages are made: machines' requests do not pass it. */
    @Bean
    static FilterRegistrationBean<ResourceUrlEncodingFilter> addressesWithContentHash() {
        var filter = new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
        filter.setUrlPatterns(PageDoors.patterns());
        filter.addUrlPatterns("/error");
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return filter;
    }
}
