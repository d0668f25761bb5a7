# One image for every stage: the command says which.
#   docker build -t repertoire .
#   docker run --rm repertoire version

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /opt/repertoire
COPY . .
# The launcher builds on first use; the cache keeps the downloads between builds.
RUN --mount=type=cache,target=/var/cache/maven REPERTOIRE_BUILD_OPTS=-Dmaven.repo.local=/var/cache/maven ./repertoire version

FROM eclipse-temurin:17-jre
RUN useradd --system --uid 10001 --create-home repertoire \
    && install -d -o repertoire -g repertoire /data
WORKDIR /opt/repertoire
COPY --from=build /opt/repertoire/repertoire ./
COPY --from=build /opt/repertoire/app/target/launcher.stamp /opt/repertoire/app/target/repertoire-app.jar app/target/
COPY --from=build /opt/repertoire/app/target/lib app/target/lib
USER repertoire
# Every file the process keeps: inbox, rejects, state, logs. Servers are never embedded here: give their addresses.
VOLUME /data
ENV REPERTOIRE_DATA_DIR=/data \
    REPERTOIRE_HTTP_HOST=0.0.0.0 \
    REPERTOIRE_HTTP_PORT=8480
EXPOSE 8480
ENTRYPOINT ["/opt/repertoire/repertoire"]
CMD ["--help"]
