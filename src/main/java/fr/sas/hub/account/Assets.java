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
 * Styles, scripts and pictures of the pages for people: templates refer to them as {@code @{/assets/…}}; browsers get
 * an address with a hash of the content and may cache it for a year, like libraries, whose address contains their
 * version. Nothing else is looked for among files ({@code spring.web.resources.add-mappings}): otherwise each link of a
 * page is, in every jar.
 */
@Configuration(proxyBeanMethods = false)
class Assets implements WebMvcConfigurer {

    private static final String PATH = "/assets/";
    private static final String LIBRARIES = "/webjars/";
    private static final String CONSOLE = "/ops/assets/";
    private static final CacheControl FOR_A_YEAR =
            CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable();

    /** What browsers request if a page, or an answer of the API, names no icon. */
    private static final String FAVICON = "/favicon.ico";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(PATH + "**")
                .addResourceLocations("classpath:/static" + PATH)
                .setCacheControl(FOR_A_YEAR)
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
        registry.addResourceHandler(LIBRARIES + "**")
                .addResourceLocations("classpath:/META-INF/resources" + LIBRARIES)
                .setCacheControl(FOR_A_YEAR);
        registry.addResourceHandler(CONSOLE + "**").addResourceLocations("classpath:/static" + CONSOLE);
        registry.addResourceHandler(FAVICON)
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.maxAge(1, TimeUnit.DAYS).cachePublic());
    }

    /** Only for pages: requests of machines do not pass through it. */
    @Bean
    static FilterRegistrationBean<ResourceUrlEncodingFilter> addressesWithContentHash() {
        var filter = new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
        filter.setUrlPatterns(PageSecurity.patterns());
        filter.addUrlPatterns("/error");
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return filter;
    }
}
