-- Shares quotas out among the instances of an application.
--
-- KEYS[1]   the instances: a hash of when each was last heard of, below zero if it has left;
--           when the first was; and when Redis was found to have lost its data
-- KEYS[2..] one hash for each quota: what each instance holds and needs, and the pause
-- ARGV      the instance; how many there are to be; after how many milliseconds of silence
--           one is taken to run on its own part, and after how many it is forgotten; how
--           many the start lasts; until when the call is valid (0: always); whether the
--           instance should be known (0 or 1); then eleven numbers for each quota
-- Returns the time and, for each quota, seven numbers. All times are milliseconds of this
-- server's clock.

local me, instances, lease, memory, settling, validUntil, known = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]),
		tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7] == '1'
local FIXED, EACH = 7, 11

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local reply = { string.format('%.0f', now) }

-- A call that was held up on its way must not make the instance known again: it may have
-- gone over to its own part meanwhile.
if validUntil > 0 and now > validUntil then
	return reply[1]
end

redis.call('HSETNX', KEYS[1], 'since', reply[1])
redis.call('PEXPIRE', KEYS[1], memory)

-- This instance is written down at the end: what fails on the way must not make it known.
local present, absent, left, seen = { me }, {}, {}, { [me] = now }
local since, emptied, mine = now, 0, false
local entries = redis.call('HGETALL', KEYS[1])
for i = 1, #entries, 2 do
	local id, at = entries[i], tonumber(entries[i + 1])
	if math.abs(at) > now then
		-- The clock was set back.
		at = at < 0 and -now or now
		redis.call('HSET', KEYS[1], id, string.format('%.0f', at))
	end
	if id == 'since' then
		since = at
	elseif id == 'emptied' then
		emptied = at
	elseif id == me then
		mine = at > 0
	elseif at < 0 and now + at <= settling then
		left[#left + 1] = id
		seen[id] = -at
	elseif at > 0 and now - at <= lease then
		present[#present + 1] = id
		seen[id] = at
	elseif at > 0 and now - at <= memory then
		absent[#absent + 1] = id
		seen[id] = at
	else
		redis.call('HDEL', KEYS[1], id)
	end
end
table.sort(present)
if known and not mine then
	emptied = now
	redis.call('HSET', KEYS[1], 'emptied', reply[1])
end

-- Guarantees single calls their slots, however many, as far as all of them together fit: the
-- one whose turn it is, then those that need no more than an equal share, then the rest. The
-- turn goes round with every window, so that each gets enough in time, and gives up what is
-- not enough.
local function guarantee(all, ids, capacity, turn)
	local equal, guaranteed = capacity / #ids, 0
	for pass = 1, 3 do
		for i = 1, #ids do
			local instance = all[ids[(i + turn - 1) % #ids + 1]]
			local slots = math.min(instance.need, instance.weight)
			if not instance.guaranteed and guaranteed + slots <= capacity
					and (pass == 1 and i == 1 or pass == 2 and slots <= equal or pass == 3) then
				instance.guaranteed = slots
				guaranteed = guaranteed + slots
			end
		end
	end
end

-- The slots that an instance would get if all got no more than the level, unless more are
-- guaranteed.
local function entitled(instance, level)
	return math.max(math.min(instance.need, level), instance.guaranteed or 0)
end

local function sum(all, level)
	local slots = 0
	for _, instance in pairs(all) do
		slots = slots + entitled(instance, level)
	end
	return slots
end

local function share(key, limit, window, claimed, need, singles, weight, idle, bulk, pause, trips, fastest)
	local part = math.max(1, math.floor(limit / instances))
	local claims, all, held, until_ = {}, {}, 0, 0
	local entries = redis.call('HGETALL', key)
	for i = 1, #entries, 2 do
		local id = entries[i]
		if id == 'pause' then
			until_ = tonumber(entries[i + 1])
		elseif seen[id] then
			local numbers = {}
			for number in string.gmatch(entries[i + 1], '%d+') do
				numbers[#numbers + 1] = tonumber(number)
			end
			claims[id] = { claim = numbers[1], need = numbers[2], weight = numbers[3], trips = numbers[4],
					fastest = numbers[5] }
		else
			redis.call('HDEL', key, id)
		end
	end
	claims[me] = { claim = claimed, need = need, weight = weight }

	-- Whoever is missing may have used what it had for two leases: it gives up after one, and
	-- an exchange may take as long.
	local function remaining(id)
		return claims[id] and now - seen[id] <= 2 * lease + window and claims[id].claim or 0
	end
	-- And it may be running on its own part, unless it has left.
	local reserved, missing = 0, math.max(0, instances - #present)
	for _, id in ipairs(left) do
		reserved = reserved + remaining(id)
	end
	for _, id in ipairs(absent) do
		local claim = remaining(id)
		if missing > 0 then
			claim = math.max(claim, part)
			missing = missing - 1
		end
		reserved = reserved + claim
	end
	if now - since <= settling then
		-- Some may not have been heard of yet.
		reserved = reserved + math.max(0, missing - #left) * part
	end

	local capacity = limit - reserved
	local ids, room, tripsOfOthers, fastestOfOthers = {}, capacity, 0, 0
	for _, id in ipairs(present) do
		if claims[id] then
			all[id] = claims[id]
			ids[#ids + 1] = id
			if id ~= me then
				room = room - claims[id].claim
				if claims[id].trips > 0 then
					tripsOfOthers = tripsOfOthers + claims[id].trips
					fastestOfOthers = fastestOfOthers > 0 and math.min(fastestOfOthers, claims[id].fastest)
							or claims[id].fastest
				end
			end
		end
	end

	guarantee(all, ids, capacity, math.floor(now / window))
	local fair
	if sum(all, limit) <= capacity then
		-- Enough for all: half of what is left may be kept in stock.
		fair = math.max(need, math.min(idle, need + math.floor((room - need) / 2)))
	else
		local low, high = 0, limit
		while low < high do
			local level = math.ceil((low + high) / 2)
			if sum(all, level) <= capacity then
				low = level
			else
				high = level - 1
			end
		end
		fair = entitled(all[me], low)
		local rest = capacity - sum(all, low)
		for _, id in ipairs(ids) do
			if rest > 0 and all[id].need > low and (all[id].guaranteed or 0) <= low then
				rest = rest - 1
				if id == me then
					fair = fair + 1
				end
			end
		end
	end

	-- Calls of a mass mailing leave some slots of the whole quota alone.
	local bulkRoom = room - (limit - bulk)
	local most = math.max(claimed, math.min(fair, room, math.max(singles, bulkRoom)))
	if now - emptied <= lease then
		-- Nobody gets more before all have said again what they have.
		most = claimed
	end
	redis.call('HSET', key, me, string.format('%d %d %d %d %d', most, need, weight, trips, fastest))
	if pause > 0 and now + pause > until_ then
		until_ = now + pause
		redis.call('HSET', key, 'pause', string.format('%.0f', until_))
	end
	redis.call('PEXPIRE', key, math.max(memory, until_ - now))
	return { most, fair, bulkRoom, math.max(0, room - most), math.max(0, until_ - now),
			tripsOfOthers, fastestOfOthers }
end

for i = 2, #KEYS do
	local numbers = {}
	for j = 1, EACH do
		numbers[j] = tonumber(ARGV[FIXED + (i - 2) * EACH + j])
	end
	for _, number in ipairs(share(KEYS[i], unpack(numbers))) do
		reply[#reply + 1] = string.format('%d', number)
	end
end
redis.call('HSET', KEYS[1], me, reply[1])
return table.concat(reply, ' ')
