# The hub as an image: built inside, run with its own JRE, as an unprivileged user.
#   docker build -t sas-hub .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY connectors/connector.schema.json connectors/connector.schema.json
COPY src/main src/main
COPY deploy/QuickStart.java deploy/QuickStart.java
RUN mvn -B -q -Dmaven.test.skip=true -DskipTests -Dspotless.skip=true -Dquick-start.skip package \
 && java -Djarmode=tools -jar target/sas-hub.jar extract --layers --destination target/layers \
 && javac -d target/layers/quick-start deploy/QuickStart.java

FROM eclipse-temurin:25-jre-noble
RUN groupadd --gid 10001 hub && useradd --uid 10001 --gid hub --home-dir /hub --no-create-home hub \
 && mkdir -p /hub/data && chown hub:hub /hub /hub/data
WORKDIR /hub
# Layers that change least come first: a release changes only the last one.
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/spring-boot-loader/ ./
COPY --from=build /build/target/layers/snapshot-dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
# The routes and profiles of this release; vendors are mounted by the operator.
COPY routes routes
COPY fhir-profiles fhir-profiles
COPY connectors connectors
COPY help help
COPY --from=build /build/target/layers/quick-start quick-start
COPY deploy/compiler-directives.json ./
# By number: Kubernetes sees that it is not root. Nothing is written but /hub/data and /tmp.
USER 10001:10001
EXPOSE 8080
# Used by the embedded database, unless SPRING_DATASOURCE_URL names another.
VOLUME /hub/data
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+UseG1GC -XX:+UnlockExperimentalVMOptions -XX:G1MaxNewSizePercent=30 -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=10000 -XX:Tier2InvokeNotifyFreqLog=7 -XX:Tier2BackedgeNotifyFreqLog=10 -XX:+UnlockDiagnosticVMOptions -XX:CompilerDirectivesFile=/hub/compiler-directives.json -XX:+ExitOnOutOfMemoryError"
# One training start, on a throw-away embedded database: classes are loaded and linked once, not at each start, and the JVM knows
# from it what a search runs through (docs/decisions/0071, 0089, 0105). It ignores a cache that no longer matches (other options, another JDK).
RUN java -cp quick-start QuickStart cache sas-hub.jar hub.aot && test -s hub.aot
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
# Needs no curl in the image: ready means 200.
HEALTHCHECK --interval=10s --timeout=10s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:AOTCache=hub.aot", "-jar", "sas-hub.jar"]
