/**
 * What the official images (docker.io/library) expose. An entry holds for one flavour (the words of the tag that matter, in order)
 * and a range of versions, `*` standing for tags without a version; then come the ports, TCP where nothing else is said, and the
 * newest Dockerfile of the range that was read: `OWNER/REPOSITORY@COMMIT:PATH` on GitHub.
 * Source: the history of library/ in docker-library/official-images tells which Dockerfile made which tag, and their `EXPOSE`
 * instructions with those of the official images they are built on make an entry. A version whose Dockerfile could not be read is
 * in no range.
 */
export const OFFICIAL_IMAGES: Readonly<Record<string, OfficialImage>> = {
	adminer: {
		flavours: ["fastcgi"],
		entries: [
			["", "4.2-5.5", "8080", "TimWolla/docker-adminer@7088bf0e2003:5/Dockerfile"],
			["fastcgi", "4.17-5.5", "9000", "TimWolla/docker-adminer@7088bf0e2003:5/fastcgi/Dockerfile"],
			["fastcgi", "4.2-4.7", "9000", "TimWolla/docker-adminer@d55937360e7c:4/fastcgi/Dockerfile"],
		],
	},
	aerospike: {
		flavours: [],
		entries: [
			["", "5.6-8.1", "3000 3001 3002", "aerospike/aerospike-server.docker@1f82d24dcc97:releases/8.1/enterprise/ubuntu24.04/Dockerfile"],
			["", "3.4-5.5", "3000 3001 3002 3003", "aerospike/aerospike-server.docker@7be1159a1714:Dockerfile"],
		],
	},
	arangodb: {
		flavours: [],
		entries: [["", "2.5-3.12", "8529", "arangodb/arangodb-docker@c507e8709115:alpine/3.12.0/Dockerfile"]],
	},
	backdrop: {
		flavours: ["fpm"],
		entries: [
			["", "1.3-1.34 *", "80", "backdrop-ops/backdrop-docker@69d47cd9e593:1/apache/Dockerfile"],
			["fpm", "1.3-1.34 *", "9000", "backdrop-ops/backdrop-docker@69d47cd9e593:1/fpm/Dockerfile"],
		],
	},
	bonita: {
		flavours: [],
		entries: [
			["", "2022.1-2026.2 *", "8080 9000", "bonitasoft/bonita-distrib@635d3617a484:docker/Dockerfile"],
			["", "2021.1-2021.2", "8080", "bonitasoft/bonita-distrib@a1d9ee5e31d3:docker/Dockerfile"],
			["", "7.14-11.1", "8080 9000", "bonitasoft/bonita-distrib@635d3617a484:docker/Dockerfile"],
			["", "7.11-7.13", "8080", "bonitasoft/bonita-distrib@a1d9ee5e31d3:docker/Dockerfile"],
		],
	},
	"buildpack-deps": {
		flavours: [],
		entries: [["", "14.4-26.4 *", "", "docker-library/buildpack-deps@8330ca1d2319:ubuntu/resolute/curl/Dockerfile"]],
	},
	caddy: {
		flavours: ["builder"],
		entries: [
			["", "2.5-2.11 *", "80 443 443/udp 2019", "caddyserver/caddy-docker@62d1326421cc:2.11/alpine/Dockerfile"],
			["", "2.0-2.4", "80 443 2019", "caddyserver/caddy-docker@c2a97d2c1ac7:2.4/alpine/Dockerfile"],
			["builder", "2.0-2.11 *", "", "caddyserver/caddy-docker@62d1326421cc:2.11/builder/Dockerfile"],
		],
	},
	cassandra: {
		flavours: [],
		entries: [["", "2.0-5.0 *", "7000 7001 7199 9042 9160", "docker-library/cassandra@7b9da8f4f58f:5.0/Dockerfile"]],
	},
	chronograf: {
		flavours: [],
		entries: [
			["", "1.3-1.11 *", "8888", "influxdata/influxdata-docker@09594e6019dd:chronograf/1.11/Dockerfile"],
			["", "0.13-1.0", "10000", "influxdata/influxdata-docker@22b661b4c141:chronograf/1.0/Dockerfile"],
		],
	},
	clickhouse: {
		flavours: [],
		entries: [["", "24.3-26.7 *", "8123 9000 9009", "ClickHouse/docker-library@9d3f97b6126a:server/26.7.3.19/Dockerfile.ubuntu"]],
	},
	convertigo: {
		flavours: [],
		entries: [["", "7.6-8.4 *", "8080 28080", "convertigo/convertigo@7b29f6f312a4:docker/default/Dockerfile"]],
	},
	couchbase: {
		flavours: [],
		entries: [
			[
				"",
				"7.2-8.0",
				"8091 8092 8093 8094 8095 8096 8097 9123 11207 11210 11280 18091 18092 18093 18094 18095 18096 18097",
				"couchbase/docker@4a3898584da7:enterprise/couchbase-server/8.0.2/Dockerfile",
			],
			[
				"",
				"5.5-6.5",
				"8091 8092 8093 8094 8095 8096 11207 11210 11211 18091 18092 18093 18094 18095 18096",
				"couchbase/docker@d24fe7e4e45d:enterprise/couchbase-server/6.5.2/Dockerfile",
			],
			[
				"",
				"5.0-5.1",
				"8091 8092 8093 8094 11207 11210 11211 18091 18092 18093 18094",
				"couchbase/docker@d6d3d0c104d6:enterprise/couchbase-server/5.1.1/Dockerfile",
			],
			[
				"",
				"4.6",
				"8091 8092 8093 8094 8095 8096 11207 11210 11211 18091 18092 18093 18094 18095 18096",
				"couchbase/docker@eabb9688a1e6:enterprise/couchbase-server/4.6.5/Dockerfile",
			],
			[
				"",
				"4.5",
				"8091 8092 8093 8094 11207 11210 11211 18091 18092 18093",
				"couchbase/docker@042e733f4048:enterprise/couchbase-server/4.5.1/Dockerfile",
			],
			[
				"",
				"4.0-4.1",
				"8091 8092 8093 9110 11207 11210 11211 18091 18092",
				"couchbase/docker@3bd252514030:enterprise/couchbase-server/4.1.1/Dockerfile",
			],
			[
				"",
				"2.5-3.0",
				"8091 8092 8093 9110 11207 11210 11211 18091 18092",
				"couchbase/docker@0a0f0de1dbeb:enterprise/couchbase-server/3.0.3/Dockerfile",
			],
		],
	},
	couchdb: {
		flavours: ["nouveau"],
		entries: [
			["", "2.1-3.5", "4369 5984 9100", "apache/couchdb-docker@4c82ee090d62:3.5.1/Dockerfile"],
			["", "1.6-1.7", "5984", "apache/couchdb-docker@ca9b039d036d:1.7.2/Dockerfile"],
			["nouveau", "3.4-3.5 *", "5987 5988", "apache/couchdb-docker@4c82ee090d62:3.5.1-nouveau/Dockerfile"],
		],
	},
	crate: {
		flavours: [],
		entries: [
			["", "2.2-6.4 *", "4200 4300 5432", "crate/docker-crate@44147dee62fa:Dockerfile"],
			["", "0.56-2.0", "4200 4300 5432-5532", "crate/docker-crate@79d51bb26310:Dockerfile"],
			["", "0.44-0.55", "4200 4300", "crate/docker-crate@6f946af1ea0e:Dockerfile"],
		],
	},
	docker: {
		flavours: ["cli", "dind", "experimental", "git"],
		entries: [
			["", "22.6-29.7", "2375 2376", "docker-library/docker@3289af88086d:29/dind/Dockerfile"],
			["", "1.0-20.10", "", "docker-library/docker@1e7a4c385eee:20.10/cli/Dockerfile"],
			["cli", "20.10-29.7 *", "", "docker-library/docker@3289af88086d:29/cli/Dockerfile"],
			["dind", "18.9-29.7", "2375 2376", "docker-library/docker@3289af88086d:29/dind/Dockerfile"],
			["dind", "1.0-18.6", "2375", "docker-library/docker@27471a8b93e9:18.06/dind/Dockerfile"],
			["experimental", "1.12 *", "", "docker-library/docker@05678f7f3198:1.12/experimental/Dockerfile"],
			["git", "23.0-25.0", "2375 2376", "docker-library/docker@12a00d721d4d:25/dind/Dockerfile"],
			["git", "1.0-22.6", "", "docker-library/docker@f23a2bea97f6:22.06-rc/git/Dockerfile"],
			["dind experimental", "1.12 *", "2375", "docker-library/docker@c1af76ec4c97:1.12/experimental/dind/Dockerfile"],
			["experimental git", "1.12 *", "", "docker-library/docker@eb714a73e7e3:1.12/experimental/git/Dockerfile"],
		],
	},
	drupal: {
		flavours: ["fpm"],
		entries: [
			["", "7.36-11.4 *", "80", "docker-library/drupal@305e3e2acd51:11.4/php8.5/apache-trixie/Dockerfile"],
			["fpm", "7.42-11.4 *", "9000", "docker-library/drupal@305e3e2acd51:11.4/php8.5/fpm-trixie/Dockerfile"],
		],
	},
	"eclipse-mosquitto": {
		flavours: [],
		entries: [
			["", "1.5-2.1 *", "1883", "eclipse-mosquitto/mosquitto@5b74cce8a4fe:docker/2.1-alpine/Dockerfile"],
			["", "1.4", "", "eclipse-mosquitto/mosquitto@0bb602ed7a89:docker/1.4.12/Dockerfile"],
		],
	},
	"eclipse-temurin": {
		flavours: [],
		entries: [["", "8.0-26.0 *", "", "adoptium/containers@d8d18d67a32e:26/jdk/alpine/3.24/Dockerfile"]],
	},
	eggdrop: {
		flavours: [],
		entries: [["", "1.6-1.10 *", "3333", "eggheads/eggdrop-docker@4d59ce8afdc7:1.10/Dockerfile"]],
	},
	elasticsearch: {
		flavours: [],
		entries: [
			["", "8.11-9.5", "9200 9300", "elastic/dockerfiles@0bbe2f0a6456:elasticsearch/Dockerfile"],
			["", "7.17", "9200 9300", "elastic/dockerfiles@2ef7e0a0be5a:elasticsearch/Dockerfile"],
		],
	},
	emqx: {
		flavours: [],
		entries: [
			["", "5.4-5.8 *", "1883 4370 5369 8083 8084 8883 18083", "emqx/emqx-docker@cddc2e939a0e:5.8/Dockerfile"],
			["", "5.0-5.3", "1883 4370 5369 8083 8084 8883 11883 18083", "emqx/emqx-docker@1572ca48b4bc:5.3/Dockerfile"],
			["", "4.3-4.4", "1883 4369 4370 5369 6369 6370 8081 8083 8084 8883 11883 18083", "emqx/emqx-docker@5fa7e9eac345:4.4/Dockerfile"],
		],
	},
	espocrm: {
		flavours: ["fpm"],
		entries: [
			["", "10.0 *", "80", "espocrm/espocrm-docker@c74814619e24:latest/apache/Dockerfile"],
			["fpm", "10.0 *", "9000", "espocrm/espocrm-docker@c74814619e24:latest/fpm/Dockerfile"],
		],
	},
	flink: {
		flavours: [],
		entries: [["", "1.2-1.11 *", "6123 8081", "apache/flink-docker@949e445006c4:1.11/scala_2.11-debian/Dockerfile"]],
	},
	fluentd: {
		flavours: [],
		entries: [["", "1.3-1.19 *", "5140 24224", "fluent/fluentd-docker-image@4df4b2131322:v1.19/debian/Dockerfile"]],
	},
	friendica: {
		flavours: ["fpm"],
		entries: [
			["", "2019.9-2024.9", "80", "friendica/docker@93be4ea89aed:2024.09-rc/apache/Dockerfile"],
			["fpm", "2019.9-2024.9", "9000", "friendica/docker@93be4ea89aed:2024.09-rc/fpm/Dockerfile"],
		],
	},
	geonetwork: {
		flavours: [],
		entries: [["", "3.0-4.4 *", "8080", "geonetwork/docker-geonetwork@491f3faf9465:4.4.11/Dockerfile"]],
	},
	ghost: {
		flavours: [],
		entries: [["", "0.5-6.59 *", "2368", "TryGhost/docker-library-ghost@bc5d011df043:6/bookworm/Dockerfile"]],
	},
	golang: {
		flavours: [],
		entries: [["", "1.2-1.27 *", "", "docker-library/golang@7aa947b3fda4:1.27/trixie/Dockerfile"]],
	},
	httpd: {
		flavours: [],
		entries: [["", "2.2-2.4 *", "80", "docker-library/httpd@4da43810a442:2.4/Dockerfile"]],
	},
	influxdb: {
		flavours: ["alpine", "meta"],
		entries: [
			["", "3.0-3.11", "8181", "influxdata/influxdata-docker@d457cb936353:influxdb/3.11-core/Dockerfile"],
			["", "2.0-2.9", "8086", "influxdata/influxdata-docker@d457cb936353:influxdb/2.9/Dockerfile"],
			["", "1.1-1.12", "8086", "influxdata/influxdata-docker@d457cb936353:influxdb/1.12/Dockerfile"],
			["", "0.13", "8083 8086", "influxdata/influxdata-docker@ec08f02c8a4a:influxdb/0.13/Dockerfile"],
			["alpine", "2.0-2.9 *", "8086", "influxdata/influxdata-docker@d457cb936353:influxdb/2.9/alpine/Dockerfile"],
			["alpine", "1.2-1.12", "8086", "influxdata/influxdata-docker@d457cb936353:influxdb/1.12/alpine/Dockerfile"],
			["alpine", "0.13-1.0", "8083 8086", "influxdata/influxdata-docker@21becafddfa3:influxdb/1.0/alpine/Dockerfile"],
			["meta", "1.3-1.12 *", "8091", "influxdata/influxdata-docker@d457cb936353:influxdb/1.12/meta/Dockerfile"],
			["alpine meta", "1.3-1.12 *", "8091", "influxdata/influxdata-docker@d457cb936353:influxdb/1.12/meta/alpine/Dockerfile"],
		],
	},
	jetty: {
		flavours: [],
		entries: [["", "9.2-11.0 *", "8080", "eclipse/jetty.docker@ebf58ffbccf2:11.0-jre11-slim/Dockerfile"]],
	},
	joomla: {
		flavours: ["fpm"],
		entries: [
			["", "3.4-6.1 *", "80", "joomla-docker/docker-joomla@562e0feb6f11:6.1/php8.3/apache/Dockerfile"],
			["fpm", "3.4-6.1 *", "9000", "joomla-docker/docker-joomla@562e0feb6f11:6.1/php8.3/fpm-alpine/Dockerfile"],
		],
	},
	kapacitor: {
		flavours: [],
		entries: [["", "0.13-1.8 *", "9092", "influxdata/influxdata-docker@a99566382359:kapacitor/1.8/Dockerfile"]],
	},
	kibana: {
		flavours: [],
		entries: [
			["", "8.11-9.5", "5601", "elastic/dockerfiles@0bbe2f0a6456:kibana/Dockerfile"],
			["", "7.17", "5601", "elastic/dockerfiles@28b876f2aaba:kibana/Dockerfile"],
		],
	},
	kong: {
		flavours: [],
		entries: [
			["", "0.11-2.1", "8000 8001 8443 8444", "Kong/docker-kong@d89a2a8f20ce:alpine/Dockerfile"],
			["", "0.8-0.10", "7946 8000 8001 8443", "Kong/docker-kong@206d0a077068:legacy/Dockerfile"],
		],
	},
	krakend: {
		flavours: [],
		entries: [["", "2.11-2.13", "8080 8090", "krakend/docker-library@8c2abb57d14f:2.13.5/Dockerfile"]],
	},
	lightstreamer: {
		flavours: [],
		entries: [["", "6.0-7.4 *", "8080", "Lightstreamer/Docker@5097d3bfe5ab:7.4/jdk8/Dockerfile"]],
	},
	logstash: {
		flavours: [],
		entries: [
			["", "8.11-9.5", "5044 9600", "elastic/dockerfiles@0bbe2f0a6456:logstash/Dockerfile"],
			["", "7.17", "5044 9600", "elastic/dockerfiles@2ef7e0a0be5a:logstash/Dockerfile"],
		],
	},
	mariadb: {
		flavours: [],
		entries: [["", "5.5-13.0 *", "3306", "MariaDB/mariadb-docker@1b6429ba3544:13.0-ubi/Dockerfile"]],
	},
	matomo: {
		flavours: ["fpm"],
		entries: [
			["", "3.4-5.13 *", "80", "matomo-org/docker@adb618afe152:apache/Dockerfile"],
			["fpm", "3.4-5.13 *", "9000", "matomo-org/docker@adb618afe152:fpm/Dockerfile"],
		],
	},
	mediawiki: {
		flavours: ["fpm"],
		entries: [
			["", "1.27-1.46 *", "80", "wikimedia/mediawiki-docker@618c79d4d0af:1.46/apache/Dockerfile"],
			["fpm", "1.31-1.46 *", "9000", "wikimedia/mediawiki-docker@618c79d4d0af:1.46/fpm/Dockerfile"],
		],
	},
	memcached: {
		flavours: [],
		entries: [["", "1.4-1.6 *", "11211", "docker-library/memcached@53ac0ecb0bf8:1/debian/Dockerfile"]],
	},
	mongo: {
		flavours: [],
		entries: [["", "2.2-8.3 *", "27017", "docker-library/mongo@2c69a57b939a:8.3/Dockerfile"]],
	},
	"mongo-express": {
		flavours: [],
		entries: [["", "0.30-1.0 *", "8081", "mongo-express/mongo-express-docker@403467f350d8:1.0/20-alpine3.19/Dockerfile"]],
	},
	monica: {
		flavours: ["fpm"],
		entries: [
			["", "2.16-5.0 *", "80", "monicahq/docker@7ffc74385e24:5/apache/Dockerfile"],
			["fpm", "2.16-5.0 *", "9000", "monicahq/docker@7ffc74385e24:5/fpm-alpine/Dockerfile"],
		],
	},
	mysql: {
		flavours: [],
		entries: [
			["", "5.7-26.7 *", "3306 33060", "docker-library/mysql@7f30fdb07380:innovation/Dockerfile.oracle"],
			["", "5.5-5.6", "3306", "docker-library/mysql@d60655b1b42f:5.6/Dockerfile.debian"],
		],
	},
	nats: {
		flavours: [],
		entries: [["", "0.6-2.14 *", "4222 6222 8222", "nats-io/nats-docker@aa0caa57b71c:2.14.x/alpine3.22/Dockerfile"]],
	},
	neo4j: {
		flavours: [],
		entries: [
			["", "3.0-2026.6 *", "7473 7474 7687", "neo4j/docker-neo4j-publish@a9a15fb56de4:2026.06.0/trixie/community/Dockerfile"],
			["", "2.3", "7473 7474", "neo4j/docker-neo4j-publish@7271a9fc2e41:2.3.12/community/Dockerfile"],
		],
	},
	nextcloud: {
		flavours: ["fpm"],
		entries: [
			["", "11.0-34.0 *", "80", "nextcloud/docker@4de1eed65a44:34/apache/Dockerfile"],
			["", "9.0", "80", "nextcloud/docker@749f25b93dc4:9.0/apache/Dockerfile"],
			["fpm", "9.0-34.0 *", "9000", "nextcloud/docker@4de1eed65a44:34/fpm/Dockerfile"],
		],
	},
	nginx: {
		flavours: [],
		entries: [
			["", "1.12-1.31 *", "80", "nginx/docker-nginx@0d7f4380c735:mainline/debian/Dockerfile"],
			["", "1.7-1.11", "80 443", "nginxinc/docker-nginx@0c7611139f2c:mainline/jessie/Dockerfile"],
		],
	},
	node: {
		flavours: [],
		entries: [
			["", "0.12-26.7 *", "", "nodejs/docker-node@6f0689e04494:26/alpine3.23/Dockerfile"],
			["", "0.10", "", "nodejs/docker-node@b18c441de445:0.10/Dockerfile"],
		],
	},
	odoo: {
		flavours: [],
		entries: [
			["", "11.0-19.0 *", "8069 8071 8072", "odoo/docker@f7f676535412:19.0/Dockerfile"],
			["", "8.0-10.0", "8069 8071", "odoo/docker@b5f088de1392:10.0/Dockerfile"],
		],
	},
	"open-liberty": {
		flavours: [],
		entries: [["", "18.0-19.0 *", "9080 9443", "OpenLiberty/ci.docker@7c7bef891fdf:releases/19.0.0.9/kernel/Dockerfile.ubuntu.ibmjava8"]],
	},
	openjdk: {
		flavours: [],
		entries: [["", "6.0-28.0 *", "", "docker-library/openjdk@da2d75fdafc1:28/oraclelinux10/Dockerfile"]],
	},
	orientdb: {
		flavours: ["tp"],
		entries: [
			["", "2.0-3.2", "2424 2480", "orientechnologies/orientdb-docker@db1197c4da27:release/3.2.x/3.2.52/Dockerfile"],
			["tp", "3.0-3.2", "2424 2480 8182", "orientechnologies/orientdb-docker@db1197c4da27:release/3.2.x/3.2.52-tp3/Dockerfile"],
		],
	},
	percona: {
		flavours: [],
		entries: [
			["", "*", "3306", "percona/percona-docker@b89efa5f100e:percona-server-5.7/Dockerfile-dockerhub"],
			["", "6.0-7.0", "27017", "percona/percona-docker@b1f7866b0ef2:percona-server-mongodb-7.0/Dockerfile-dockerhub"],
			["", "5.6-5.7", "3306", "percona/percona-docker@b89efa5f100e:percona-server-5.7/Dockerfile-dockerhub"],
			["", "3.6-5.0", "27017", "percona/percona-docker@5640bc536e5c:percona-server-mongodb-5.0/Dockerfile-dockerhub"],
		],
	},
	php: {
		flavours: ["apache", "fpm"],
		entries: [
			["", "5.3-8.6 *", "", "docker-library/php@445bf414f1d5:8.6-rc/trixie/cli/Dockerfile"],
			["apache", "5.3-8.6 *", "80", "docker-library/php@445bf414f1d5:8.6-rc/trixie/apache/Dockerfile"],
			["fpm", "5.4-8.6 *", "9000", "docker-library/php@445bf414f1d5:8.6-rc/trixie/fpm/Dockerfile"],
		],
	},
	phpmyadmin: {
		flavours: ["fpm"],
		entries: [
			["", "5.0-5.2 *", "80", "phpmyadmin/docker@452a995fe6c9:apache/Dockerfile"],
			["fpm", "5.0-5.2 *", "9000", "phpmyadmin/docker@452a995fe6c9:fpm/Dockerfile"],
		],
	},
	piwik: {
		flavours: ["fpm"],
		entries: [
			["", "3.4-3.6 *", "80", "matomo-org/docker@b711c66be5de:apache/Dockerfile"],
			["fpm", "3.4-3.6 *", "9000", "matomo-org/docker@b711c66be5de:fpm/Dockerfile"],
		],
	},
	plone: {
		flavours: [],
		entries: [["", "4.3-5.2 *", "8080", "plone/plone.docker@a3a9c7e0c5ca:5.2/5.2.14/debian/Dockerfile"]],
	},
	postfixadmin: {
		flavours: ["fpm"],
		entries: [
			["", "3.1-4.0 *", "80", "postfixadmin/docker@3c1bab849130:apache/Dockerfile"],
			["fpm", "3.2-4.0 *", "9000", "postfixadmin/docker@3c1bab849130:fpm/Dockerfile"],
		],
	},
	postgres: {
		flavours: [],
		entries: [["", "8.4-18.6 *", "5432", "docker-library/postgres@6edb0a8c4def:18/trixie/Dockerfile"]],
	},
	python: {
		flavours: [],
		entries: [["", "2.7-3.15 *", "", "docker-library/python@4f07059567fa:3.15-rc/trixie/Dockerfile"]],
	},
	rabbitmq: {
		flavours: ["management"],
		entries: [
			["", "3.8-4.3 *", "4369 5671 5672 15691 15692 25672", "docker-library/rabbitmq@9193c1de6d32:4.3/ubuntu/Dockerfile"],
			["", "3.5-3.7", "4369 5671 5672 25672", "docker-library/rabbitmq@7257ddb5361d:3.7/ubuntu/Dockerfile"],
			["", "3.4", "5672", "docker-library/rabbitmq@2a908fca05c9:Dockerfile"],
			[
				"management",
				"3.8-4.3 *",
				"4369 5671 5672 15671 15672 15691 15692 25672",
				"docker-library/rabbitmq@9193c1de6d32:4.3/ubuntu/management/Dockerfile",
			],
			["management", "3.7", "4369 5671 5672 15671 15672 25672", "docker-library/rabbitmq@bf2c73df6ee8:3.7/ubuntu/management/Dockerfile"],
			["management", "3.5", "4369 5671 5672 15671 15672 15691 15692 25672", "docker-library/rabbitmq@9444464ce885:management/Dockerfile"],
			["management", "3.4", "5672 15672", "docker-library/rabbitmq@2a908fca05c9:management/Dockerfile"],
		],
	},
	redis: {
		flavours: [],
		entries: [["", "2.6-8.10 *", "6379", "redis/docker-library-redis@3e867f9ac7c8:debian/Dockerfile"]],
	},
	redmine: {
		flavours: [],
		entries: [["", "2.6-7.0 *", "3000", "docker-library/redmine@f772dee71588:7.0/trixie/Dockerfile"]],
	},
	registry: {
		flavours: [],
		entries: [["", "0.5-3.1 *", "5000", "distribution/distribution-library-image@a829ed8cbcd8:Dockerfile"]],
	},
	rethinkdb: {
		flavours: [],
		entries: [["", "1.15-2.4 *", "8080 28015 29015", "rethinkdb/rethinkdb-dockerfiles@48876a66c3be:bookworm/2.4.4/Dockerfile"]],
	},
	"rocket.chat": {
		flavours: [],
		entries: [["", "0.4-8.5 *", "3000", "RocketChat/Docker.Official.Image@1c3e8bb69e9b:8.5/Dockerfile"]],
	},
	ruby: {
		flavours: [],
		entries: [["", "1.9-4.0 *", "", "docker-library/ruby@d55e25ae7098:4.0/trixie/Dockerfile"]],
	},
	solr: {
		flavours: [],
		entries: [["", "8.11-10.0 *", "8983", "apache/solr-docker@884b2e669217:10.0/Dockerfile"]],
	},
	sonarqube: {
		flavours: [],
		entries: [
			["", "5.4-2026.4 *", "9000", "SonarSource/docker-sonarqube@df5a6ae20bb7:commercial-editions/developer/Dockerfile"],
			["", "4.5", "9000 9092", "SonarSource/docker-sonarqube@445337a0bbe8:4.5.7-alpine/Dockerfile"],
		],
	},
	teamspeak: {
		flavours: [],
		entries: [["", "3.1-3.13 *", "9987/udp 10011 30033", "TeamSpeak-Systems/teamspeak-linux-docker-images@e17fc2b95588:alpine/Dockerfile"]],
	},
	telegraf: {
		flavours: [],
		entries: [["", "0.13-1.39 *", "8092/udp 8094 8125/udp", "influxdata/influxdata-docker@d457cb936353:telegraf/1.39/Dockerfile"]],
	},
	tomcat: {
		flavours: [],
		entries: [["", "6.0-11.0 *", "8080", "docker-library/tomcat@b7738e888d6a:11.0/jdk25/temurin-noble/Dockerfile"]],
	},
	tomee: {
		flavours: [],
		entries: [
			["", "11.0-17.0 *", "8080", "tomitribe/docker-tomee@d0ed816284d5:TomEE-8.0/jdk17/plume/Dockerfile"],
			["", "6.0-10.1", "8080", "tomitribe/docker-tomee@3cb57b674b16:TomEE-10.1/jre25/Temurin/ubuntu/microprofile/Dockerfile"],
		],
	},
	traefik: {
		flavours: [],
		entries: [
			["", "2.3-3.7 *", "80", "traefik/traefik-library-image@697393828fd8:v3.7/alpine/Dockerfile"],
			["", "1.7", "80", "traefik/traefik-library-image@4434758cf14b:alpine/Dockerfile"],
		],
	},
	unit: {
		flavours: [],
		entries: [
			["", "1.30-1.34 *", "80", "nginx/unit@e89c9e743ec1:pkg/docker/Dockerfile.go1.25"],
			["", "1.29", "", "nginx/unit@b9bc222021e7:pkg/docker/Dockerfile.go1.20"],
		],
	},
	varnish: {
		flavours: [],
		entries: [
			["", "6.4-9.0 *", "80 8443", "varnish/docker-varnish@eb60dff6f8f8:fresh/debian/Dockerfile"],
			["", "6.2-6.3", "80", "varnish/docker-varnish@a177fa702cf1:fresh/debian/Dockerfile"],
			["", "6.0", "80 8443", "varnish/docker-varnish@c9eabe6cdbfb:stable/debian/Dockerfile"],
		],
	},
	"websphere-liberty": {
		flavours: [],
		entries: [["", "8.5-26.0 *", "9080 9443", "WASdev/ci.docker@71fe986450f2:ga/26.0.0.3/kernel/Dockerfile.ubuntu.ibmjava8"]],
	},
	wordpress: {
		flavours: ["cli", "fpm"],
		entries: [
			["", "3.9-7.1 *", "80", "docker-library/wordpress@bf223d1c2087:latest/php8.2/apache/Dockerfile"],
			["cli", "*", "", "docker-library/wordpress@b962e97ba0d6:cli/php8.2/alpine/Dockerfile"],
			["fpm", "4.1-7.1 *", "9000", "docker-library/wordpress@bf223d1c2087:latest/php8.2/fpm/Dockerfile"],
		],
	},
	xwiki: {
		flavours: [],
		entries: [["", "8.4-11.3 *", "8080", "xwiki-contrib/docker-xwiki@eb004a9113fa:11/mysql-tomcat/Dockerfile"]],
	},
	yourls: {
		flavours: ["fpm"],
		entries: [
			["", "1.10 *", "80 8080 8443", "YOURLS/containers@da811947acac:apache/Dockerfile"],
			["fpm", "1.10 *", "9000", "YOURLS/containers@da811947acac:fpm/Dockerfile"],
		],
	},
	zookeeper: {
		flavours: [],
		entries: [
			["", "3.5-3.9", "2181 2888 3888 8080", "31z4/zookeeper-docker@c56b077b4858:3.9.4/Dockerfile"],
			["", "3.3-3.4", "2181 2888 3888", "31z4/zookeeper-docker@95e63be6a076:3.4.14/Dockerfile"],
		],
	},
};

export interface OfficialImage {
	readonly flavours: readonly string[];
	/** Newer versions stand first. */
	readonly entries: readonly (readonly [flavour: string, versions: string, ports: string, source: string])[];
}
