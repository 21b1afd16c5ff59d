package fr.sas.hub.access;

import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.ServletRequestDataBinder;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.annotation.InitBinderDataBinderFactory;
import org.springframework.web.method.support.InvocableHandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.ExtendedServletRequestDataBinder;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.ServletRequestDataBinderFactory;

/**
 * Forms are records whose fields have plain names; several values of a field are sent by repeating its name. Names such as
 * {@code du[300]} or {@code date.x}, which Spring would read as a list of that size or as part of a value, are not read at all.
 */
@Configuration(proxyBeanMethods = false)
class PlainFields {

    @Bean
    WebMvcRegistrations bindersOfPlainFields() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new Adapter();
            }
        };
    }

    private static final class Adapter extends RequestMappingHandlerAdapter {
        @Override
        protected InitBinderDataBinderFactory createDataBinderFactory(List<InvocableHandlerMethod> initializers) {
            return new ServletRequestDataBinderFactory(initializers, getWebBindingInitializer()) {
                @Override
                protected ServletRequestDataBinder createBinderInstance(
                        @Nullable Object target, String name, NativeWebRequest request) {
                    return new Binder(target, name);
                }
            };
        }
    }

    private static final class Binder extends ExtendedServletRequestDataBinder {

        Binder(@Nullable Object target, String name) {
            super(target, name);
            setDeclarativeBinding(true);
        }

        @Override
        protected ServletRequestValueResolver createValueResolver(ServletRequest request) {
            ServletRequestValueResolver all = super.createValueResolver(request);
            return new ServletRequestValueResolver(request, this) {
                @Override
                protected @Nullable Object getRequestParameter(String name, Class<?> type) {
                    return all.resolveValue(name, type);
                }

                @Override
                protected Set<String> initParameterNames(ServletRequest request) {
                    return all.getNames().stream()
                            .filter(name -> name.indexOf('[') < 0 && name.indexOf('.') < 0)
                            .collect(Collectors.toUnmodifiableSet());
                }
            };
        }
    }
}
