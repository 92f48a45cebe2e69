/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imspring.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that nobody in their right mind sends, the same ones for the same seed: right
 * paths with wrong bodies, wrong paths with right bodies, and all between.
 */
final class HostileRequests {

	private static final String[] METHODS = { "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW" };

	private static final String[] NAMES = { "user1", "USER1", "r", "g", "nobody", "", "a,b", ",", ",,,", "..", ".", "%",
			"%zz", "%2", "%00", "%2F", "%ff%fe", "%ED%A0%80", "%F0%9F%98%80", "super_admin", "batch", "user", "a%20b",
			"1029457500870543736", "*", "{id}", "u1%2Cu2%2Cu1", "-1", "null", "%0d%0aX:%20y" };

	private static final String[] QUERIES = { "limit", "cursor", "pagenum", "pagesize", "version", "sort",
			"joined_time", "useMsgId", "share-secret", "app", "user", "operation", "/a/b", "", "%zz" };

	private static final String[] QUERY_VALUES = { "1", "0", "-1", "1000", "99999999999999999999", "x", "", "v3", "asc",
			"desc", "true", "MQ", "LTE", "OTIyMzM3MjAzNjg1NDc3NTgwNw", "%", "%ff", "1e3", "default", "send-message" };

	private static final String[] FIELDS = { "username", "password", "nickname", "newpassword", "usernames", "from",
			"to", "users", "type", "body", "ext", "msg", "target_type", "target", "chatroom_msg_level", "env",
			"roam_ignore_users", "sync_device", "routetype", "need_group_ack", "msg_id", "chat_type", "force", "msgs",
			"name", "description", "owner", "members", "maxusers", "custom", "roomid", "groupid", "newowner",
			"newadmin", "superadmin", "mute_duration", "announcement", "metaData", "autoDelete", "keys", "public",
			"groupname", "avatar", "allowinvites", "membersonly", "invite_need_confirm", "grant_type", "client_id",
			"client_secret", "ttl", "autoCreateUser", "customEvent", "customExts", "url", "lat", "lng", "addr",
			"action", "size", "length", "file_length", "operation", "times", "kind", "status", "error", "mode",
			"callsPerSecond", "messages", "messagesPerMinute", "alignmentMillis", "set", "advance", "frozen", "device",
			"online", "secret", "em_ignore_notification", "", "a.b", "/x", "\\u0000" };

	private static final String[] TEXTS = { "user1", "USER1", "r", "g", "txt", "img", "custom", "loc", "cmd", "users",
			"chatrooms", "chatgroups", "chat", "chatroom", "groupchat", "high", "normal", "ROUTE_ONLINE", "inherit",
			"password", "client_credentials", "agora", "DELETE", "NO_DELETE", "admin", "", " ", "\\u0000", "\\ud800",
			"\\ud83d\\ude00", "../..", "%2F", "a,b", "1", "1e999", "-0", "NaN", "true", "null", "{}", "sliding",
			"PT24H", "2030-01-01T00:00:00Z", "http://localhost/", "\\n\\r\\t", "1029457500870543736" };

	private static final String[] NUMBERS = { "0", "-1", "1", "60", "61", "1e999", "-1e999", "1e-999", "0.1",
			"2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
			"123456789012345678901234567890", "1E+2", "00", "1.", "+1" };

	/** Bodies that are right, by the end of the path that they are right for. */
	private static final Map<String, String> EXAMPLES = Map.ofEntries(
			Map.entry("/users", "{'username':'new1','password':'p','nickname':'n','usernames':['user2','user1']}"),
			Map.entry("/password", "{'newpassword':'p'}"), Map.entry("/status", "{'usernames':['user1','user2']}"),
			Map.entry("/{username}", "{'nickname':'n','metaData':{'k':'v'},'keys':['k'],'autoDelete':'DELETE'}"),
			Map.entry("/forced", "{'metaData':{'k':'v'},'keys':['k'],'autoDelete':'NO_DELETE'}"),
			Map.entry("/token",
					"{'grant_type':'inherit','username':'user1','autoCreateUser':true,'password':'p',"
							+ "'client_id':'emulator-client-id','client_secret':'emulator-client-secret','ttl':60}"),
			Map.entry("/messages/users",
					"{'from':'user1','to':['user2','u3'],'type':'txt','body':{'msg':'m'},'ext':{'k':1},'env':'t'}"),
			Map.entry("/messages",
					"{'from':'user1','target_type':'chatrooms','target':['r'],"
							+ "'msg':{'type':'txt','msg':'m'},'ext':{}}"),
			Map.entry("/messages/chatrooms",
					"{'to':['r'],'type':'custom','body':{'customEvent':'e','customExts':{'k':'v'}},"
							+ "'chatroom_msg_level':'low'}"),
			Map.entry("/messages/chatgroups",
					"{'to':['g'],'type':'loc','body':{'lat':'1','lng':2,'addr':'a'},'need_group_ack':true}"),
			Map.entry("/chatrooms/users", "{'to':['r'],'users':['user1'],'type':'txt','body':{'msg':'m'}}"),
			Map.entry("/chatgroups/users", "{'to':['g'],'users':['user1'],'type':'cmd','body':{'action':'m'}}"),
			Map.entry("/msg_recall", "{'msg_id':'1','to':'r','chat_type':'chatroom','force':true,'from':'user1'}"),
			Map.entry("/batch_recall", "{'msgs':[{'msg_id':'1','to':'r','chat_type':'chatroom','force':true}]}"),
			Map.entry("/chatrooms",
					"{'name':'n','description':'d','owner':'user1','members':['user2'],'maxusers':9,"
							+ "'custom':'c','roomid':'x1'}"),
			Map.entry("/chatrooms/{id}", "{'name':'n','description':'d','maxusers':99,'custom':'c'}"),
			Map.entry("/chatgroups",
					"{'groupname':'n','description':'d','owner':'user1','members':['user2'],"
							+ "'maxusers':9,'public':true,'allowinvites':false,'custom':'c'}"),
			Map.entry("/chatgroups/{id}", "{'groupname':'n','maxusers':99,'membersonly':true}"),
			Map.entry("/admin", "{'newadmin':'user1'}"), Map.entry("/super_admin", "{'superadmin':'user1'}"),
			Map.entry("/mute", "{'usernames':['user1'],'mute_duration':1000}"),
			Map.entry("/announcement", "{'announcement':'a'}"), Map.entry("/chatroom/{id}", "{'keys':['k']}"),
			Map.entry("/emulator/faults", "{'operation':'send-message','kind':'reach-limit','times':2}"),
			Map.entry("/emulator/quotas", "{'mode':'fixed','callsPerSecond':{'token':1},'messagesPerMinute':9}"),
			Map.entry("/emulator/clock", "{'advance':'PT1S','set':'2030-01-01T00:00:00Z','frozen':true}"),
			Map.entry("/emulator/messages",
					"{'from':'user1','chat_type':'chatroom','to':'r','type':'txt','body':{'msg':'m'}}"),
			Map.entry("/users/online", "{'username':'user1','device':'d','online':true}"));

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String[] TYPES = { "application/json", "application/json; charset=utf-16", "text/plain", "",
			"multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=",
			"application/x-www-form-urlencoded", "json", "*/*" };

	private final Random random;

	/** What there is: methods and paths. */
	private final List<String> paths;

	private final List<String> prefixes;

	private final List<String> authorizations;

	HostileRequests(long seed, List<String> paths, List<String> prefixes, List<String> authorizations) {
		this.random = new Random(seed);
		this.paths = paths;
		this.prefixes = prefixes;
		this.authorizations = authorizations;
	}

	Hostile next() {
		String[] path = pick(this.paths).split(" ", 2);
		String method = chance(20) ? pick(METHODS) : path[0];
		String target = target(path[1]) + query();
		byte[] body = (method.equals("GET") && !chance(10)) ? new byte[0] : body(path[1]);
		StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
		head.append("Host: ")
			.append(chance(20) ? pick("", "x y", "[::1", "localhost:99999") : "localhost")
			.append("\r\n");
		if (!chance(30)) {
			head.append("Authorization: ").append(pick(this.authorizations)).append("\r\n");
		}
		if (!chance(10)) {
			head.append("Content-Type: ").append(chance(4) ? pick(TYPES) : "application/json").append("\r\n");
		}
		if (chance(50)) {
			head.append(pick("X-Own: " + "x".repeat(9000), "restrict-access: true", "thumbnail: true",
					"thumbnail-width: -1", "Accept: nothing", "Cookie: \u0000", "no colon at all", ": no name",
					"Transfer-Encoding: gzip"))
				.append("\r\n");
		}
		boolean chunked = chance(15);
		boolean last = chance(200);
		if (chunked) {
			head.append("Transfer-Encoding: chunked\r\n\r\n");
			body = chunks(body, last);
		}
		else {
			head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
		}
		byte[] bytes = join(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
		if (chance(300)) {
			bytes[this.random.nextInt(Math.min(bytes.length, 40))] = (byte) this.random.nextInt(32);
			last = true;
		}
		return new Hostile(method, target, bytes, last);
	}

	private String target(String template) {
		if (template.startsWith("/emulator")) {
			return template;
		}
		if (chance(40)) {
			return pick("/", "", "*", "//", "/a", "/a/b", "/a/b/c", "http://h/emulator-org/emulator-app/users/a",
					"/emulator-org/emulator-app", "/app-id/x/users", "?", "/emulator-org//users",
					"/" + "x".repeat(5000), "/%");
		}
		StringBuilder path = new StringBuilder(pick(this.prefixes));
		for (String segment : template.substring(1).split("/")) {
			path.append('/');
			path.append((segment.startsWith("{") || chance(60)) ? name() : segment);
		}
		return path.toString();
	}

	private String name() {
		if (chance(50)) {
			return "n".repeat(1 + this.random.nextInt(300));
		}
		return chance(4) ? pick(NAMES) : pick("user1", "r", "g", "user2");
	}

	private String query() {
		if (!chance(3)) {
			return "";
		}
		StringBuilder query = new StringBuilder("?");
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			query.append(pick(QUERIES)).append(chance(10) ? "" : "=").append(pick(QUERY_VALUES)).append('&');
		}
		return query.toString();
	}

	/** An example with one thing wrong, or with nothing wrong, or anything else. */
	private byte[] body(String path) {
		String example = EXAMPLES.entrySet()
			.stream()
			.filter((entry) -> path.endsWith(entry.getKey()))
			.max(Comparator.comparingInt((entry) -> entry.getKey().length()))
			.map(Map.Entry::getValue)
			.orElse("{}");
		if (chance(3)) {
			return anyBody();
		}
		ObjectNode json = (ObjectNode) JSON.readTree(example.replace('\'', '"'));
		if (chance(2) && !json.isEmpty()) {
			String field = pick(List.copyOf(json.propertyNames()));
			if (chance(5)) {
				json.remove(field);
			}
			else {
				return json.put(field, "@@@").toString().replace("\"@@@\"", value(3)).getBytes(StandardCharsets.UTF_8);
			}
		}
		String text = chance(8) ? "[" + json + "," + json + "]" : json.toString();
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private byte[] anyBody() {
		if (chance(12)) {
			byte[] garbage = new byte[this.random.nextInt(200)];
			this.random.nextBytes(garbage);
			return garbage;
		}
		if (chance(25)) {
			return ("--b\r\nContent-Disposition: form-data; name=\"" + pick("file", "", "x", "\"") + "\"; filename=\""
					+ pick("a", "\\\"", "..") + "\"\r\n\r\n" + "y".repeat(this.random.nextInt(50))
					+ pick("\r\n--b--\r\n", "\r\n--b", "", "--b--"))
				.getBytes(StandardCharsets.UTF_8);
		}
		if (chance(300)) {
			return new byte[3 * 1024 * 1024];
		}
		if (chance(200)) {
			return ("[".repeat(2000) + "]".repeat(1999)).getBytes(StandardCharsets.UTF_8);
		}
		byte[] json = (chance(4) ? value(3) : object(4)).getBytes(StandardCharsets.UTF_8);
		if (chance(12) && json.length > 0) {
			json[this.random.nextInt(json.length)] = (byte) this.random.nextInt(256);
		}
		return json;
	}

	private String object(int depth) {
		StringBuilder json = new StringBuilder("{");
		for (int i = this.random.nextInt(9); i >= 0; i--) {
			json.append('"').append(pick(FIELDS)).append("\":").append(value(depth - 1)).append((i > 0) ? "," : "");
		}
		return json.append('}').toString();
	}

	private String value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 9 : 6)) {
			case 0 -> pick(NUMBERS);
			case 1 -> pick("true", "false", "null");
			case 2, 3, 4 -> '"' + pick(TEXTS) + '"';
			case 5 -> chance(20) ? '"' + "x".repeat(this.random.nextInt(9000)) + '"' : '"' + pick(TEXTS) + '"';
			case 6 -> array(depth);
			default -> object(depth);
		};
	}

	private String array(int depth) {
		StringBuilder json = new StringBuilder("[");
		int size = chance(10) ? this.random.nextInt(700) : this.random.nextInt(4);
		boolean alike = !chance(4);
		for (int i = 0; i < size; i++) {
			json.append((i > 0) ? "," : "").append(alike ? "\"u" + i + "\"" : value(Math.min(1, depth - 1)));
		}
		return json.append(']').toString();
	}

	private byte[] chunks(byte[] body, boolean broken) {
		String size = broken ? pick("zz", "-1", "fffffffffffffff", "") : Integer.toHexString(body.length);
		byte[] head = (body.length > 0 || broken) ? (size + "\r\n").getBytes(StandardCharsets.US_ASCII) : new byte[0];
		byte[] tail = ((body.length > 0 || broken) ? "\r\n0\r\n\r\n" : "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
		return join(join(head, body), tail);
	}

	private static byte[] join(byte[] first, byte[] second) {
		ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
		both.writeBytes(first);
		both.writeBytes(second);
		return both.toByteArray();
	}

	private boolean chance(int oneIn) {
		return this.random.nextInt(oneIn) == 0;
	}

	private String pick(String... values) {
		return values[this.random.nextInt(values.length)];
	}

	private String pick(List<String> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	/**
	 * One request.
	 *
	 * @param last whether the connection is of no use afterwards
	 */
	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	record Hostile(String method, String target, byte[] bytes, boolean last) {

		@Override
		public String toString() {
			String text = new String(this.bytes, StandardCharsets.ISO_8859_1);
			return (text.length() > 4000) ? text.substring(0, 4000) + "…" : text;
		}

	}

}
