# What deploy/up and deploy/bench have in common; both set $home and call require_jdk first.
# shellcheck shell=bash

# The first folder that is a JDK 25 or newer, by its own release file.
find_jdk() {
  local candidate java
  java=$(command -v java || true)
  if [ -n "$java" ]; then java=$(readlink -f "$java" 2>/dev/null || printf '%s' "$java"); fi
  for candidate in "${JAVA_HOME:-}" "${java%/bin/java}" /usr/lib/jvm/* "${HOME:-/root}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -x "$candidate/bin/javac" ] &&
      grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$candidate/release" 2>/dev/null; then
      printf '%s' "$candidate"
      return
    fi
  done
}
require_jdk() {
  JAVA_HOME=$(find_jdk)
  if [ -z "$JAVA_HOME" ]; then
    echo "$1: no JDK 25 was found; install one (Temurin 25, say) and set JAVA_HOME to it." >&2
    exit 1
  fi
  export JAVA_HOME
}

stamp=$home/deploy/target/up.stamp
jar=$home/deploy/target/trellis.jar
cache=$home/deploy/target/trellis.aot

# A build by hand counts as well: what is older than the jar is in it.
stale() {
  local since=$jar
  [ -f "$jar" ] && [ -d "$home/test-fixtures/target/lib" ] || return 0
  if [ "$stamp" -nt "$jar" ]; then since=$stamp; fi
  [ -n "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -newer "$since" -print -quit)" ]
}

run() {
  "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$home/test-fixtures/target/classes:$home/test-fixtures/target/lib/*" "$@"
}

# A cache of loaded classes lets Trellis start in a third of the time.
train() {
  if [ -f "$cache" ] && [ -z "$(find "$jar" "$home/deploy/target/lib" -newer "$cache" -print -quit)" ]; then
    return
  fi
  echo "Preparing a faster start (once for each build) ..."
  rm -f "$cache"
  run dev.trellis.fixtures.local.StartCache --home "$home" </dev/null || rm -f "$cache"
}

build() {
  command -v mvn >/dev/null || {
    echo "Maven (mvn) is not on PATH; install it (apt-get install maven, say)." >&2
    exit 1
  }
  echo "Building Trellis (about a minute the first time, more while dependencies are fetched) ..."
  mkdir -p "$home/deploy/target"
  touch "$stamp.new"
  (
    cd "$home"
    # The format is a matter for mvn verify; Maven's own libraries make JDK 25 talk without these.
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    mvn -q -B -ntp -DskipTests -Dspotless.check.skip=true package </dev/null
  ) || {
    echo "The build failed; what Maven said is above." >&2
    exit 1
  }
  mv "$stamp.new" "$stamp"
}
