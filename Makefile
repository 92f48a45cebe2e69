# What one does with the repository. Each target is a Maven command that works alone, too.

MAVEN := mvn -B -ntp

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: build
build: ## Compile and package everything, without tests
	$(MAVEN) -DskipTests package

.PHONY: format
format: ## Format the code as the build wants it
	$(MAVEN) -q io.spring.javaformat:spring-javaformat-maven-plugin:0.0.47:apply

.PHONY: test
test: ## Compile, check, test, document: what must pass
	$(MAVEN) verify

.PHONY: bench
bench: im-benchmarks/target/classpath ## Run the JMH benchmark of a grant
	java -cp im-benchmarks/target/classes:$$(cat $<) org.openjdk.jmh.Main GrantBenchmark -prof gc

.PHONY: im-benchmarks/target/classpath
im-benchmarks/target/classpath:
	$(MAVEN) -q -pl im-benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath

.PHONY: emulator
emulator: ## Run the emulator on its own, on port 8090
	$(MAVEN) -q -DskipTests -Dmaven.javadoc.skip -pl im-emulator -am package
	java -jar im-emulator/target/im-emulator-*-exec.jar

.PHONY: run
run: ## Run the example application on the emulator
	$(MAVEN) -pl im-sample-app -am spring-boot:run
