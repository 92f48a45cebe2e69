-- Shares quotas out among the instances of an application.
--
-- KEYS[1]   the instances: a hash of when each was last heard of, how long its lease lasts from
--           then, below zero if it has left, and when it was new, 0 if the data on that are lost;
--           when the first was heard of; and when this server was found to have lost data, and
--           when it had last answered whoever found it
-- KEYS[2..] one hash for each quota: what each instance holds and needs, and the pause
-- ARGV      the instance; how many there are to be; how many milliseconds its lease lasts, after
--           which it is taken to run on its fallback share, and how many that of an instance which
--           sends; after how many it is forgotten; how many the startup lasts; until when the call
--           is valid (0: always); when this server last answered the instance (0: never, 1: never,
--           and it was not there when it was asked); then ten numbers for each quota
-- Returns the time and, for each quota, seven numbers. All times are milliseconds of this
-- server's clock.

local me, instances, lease, sending, memory, startup, validUntil, answered = ARGV[1],
		tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]),
		tonumber(ARGV[7]), tonumber(ARGV[8])
local FIXED, EACH = 8, 10

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local reply = { string.format('%.0f', now) }

-- A call that was held up on its way must not make the instance known again: it may have
-- gone over to its fallback share meanwhile.
if validUntil > 0 and now > validUntil then
	return reply[1]
end

redis.call('HSETNX', KEYS[1], 'since', reply[1])
redis.call('PEXPIRE', KEYS[1], memory)

-- This instance is written down at the end: what fails on the way must not make it known.
local present, absent, left, seen, leases = { me }, {}, {}, { [me] = now }, { [me] = lease }
local new = { [me] = answered > 1 and 0 or now }
local since, emptied, before, mine = now, 0, 0, 0
local entries = redis.call('HGETALL', KEYS[1])
for i = 1, #entries, 2 do
	local id, at, lasts, newAt = entries[i], string.match(entries[i + 1], '^(%d+) ?(-?%d*) ?(%d*)$')
	at, lasts, newAt = tonumber(at), tonumber(lasts), tonumber(newAt) or 0
	if id == me then
		mine, new[me] = at, newAt
	end
	if at > now then
		-- The clock was set back.
		at = now
		redis.call('HSET', KEYS[1], id, string.format(lasts and '%.0f %.0f %.0f' or '%.0f', at, lasts, newAt))
	end
	if id == 'since' then
		since = at
	elseif id == 'emptied' then
		emptied, before = at, lasts or 0
	elseif id ~= me then
		local list = nil
		if lasts < 0 then
			list = now - at <= startup and left or nil
		elseif now - at <= lasts then
			list = present
		elseif now - at <= memory then
			list = absent
		end
		if list then
			list[#list + 1] = id
			seen[id], leases[id], new[id] = at, math.abs(lasts), lasts < 0 and now or newAt
		else
			redis.call('HDEL', KEYS[1], id)
		end
	end
end
table.sort(present)

-- This server has lost data if it does not know of its last answer, and may have if it was not
-- there when it was asked and nobody else is. Whoever comes back after the first finds the same.
local lost = answered > mine and (answered > 1 or #present == 1)
if lost and answered > 1 then
	new[me] = 0
end
if lost and not (mine < emptied and now - emptied <= startup) then
	emptied, before = now, answered
	redis.call('HSET', KEYS[1], 'emptied', string.format('%.0f %.0f', emptied, before))
end

-- What those hold who were there before is hidden until they have come back, or it counts in no
-- window any more. Nobody is hidden if all are new.
local back = 0
for id, at in pairs(seen) do
	if at >= emptied and new[id] <= before then
		back = back + 1
	end
end
local hidden = back < instances and (back > 0 or #present < instances)

-- The slots that all would get if nobody got more than the level.
local function sum(all, what, level)
	local slots = 0
	for _, instance in pairs(all) do
		slots = slots + math.min(instance[what], level)
	end
	return slots
end

local function share(key, limit, window, claimed, need, singles, idle, bulk, pause, trips, fastest)
	local fallback = math.max(1, math.floor(limit / instances))
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
			claims[id] = { claim = numbers[1], need = numbers[2], trips = numbers[3], fastest = numbers[4],
					stock = numbers[5] or numbers[2] }
		else
			redis.call('HDEL', key, id)
		end
	end
	local stock = math.max(need, idle)
	claims[me] = { claim = claimed, need = need, stock = stock }

	-- Whoever is missing may have used what it had for two leases: it gives up after one, and
	-- an exchange may take as long.
	local function remaining(id)
		return claims[id] and now - seen[id] <= 2 * leases[id] + window and claims[id].claim or 0
	end
	-- And it may be running on its fallback share, unless it has left.
	local reserved, missing = 0, math.max(0, instances - #present)
	for _, id in ipairs(left) do
		reserved = reserved + remaining(id)
	end
	for _, id in ipairs(absent) do
		local claim = remaining(id)
		if missing > 0 then
			claim = math.max(claim, fallback)
			missing = missing - 1
		end
		reserved = reserved + claim
	end
	if now - math.max(since, emptied) <= startup then
		-- Some may not have been heard of yet.
		reserved = reserved + math.max(0, missing - #left) * fallback
	end

	local capacity = limit - reserved
	local ids, unclaimed, tripsOfOthers, fastestOfOthers = {}, capacity, 0, 0
	for _, id in ipairs(present) do
		if claims[id] then
			all[id] = claims[id]
			ids[#ids + 1] = id
			if id ~= me then
				unclaimed = unclaimed - claims[id].claim
				if claims[id].trips > 0 then
					tripsOfOthers = tripsOfOthers + claims[id].trips
					fastestOfOthers = fastestOfOthers > 0 and math.min(fastestOfOthers, claims[id].fastest)
							or claims[id].fastest
				end
			end
		end
	end

	local fair
	if sum(all, 'stock', limit) <= capacity then
		-- Enough for all, with what they like to have in stock.
		fair = stock
	elseif sum(all, 'need', limit) <= capacity then
		-- Enough for all: half of what is left may be kept in stock.
		fair = math.max(need, math.min(stock, need + math.floor((unclaimed - need) / 2)))
	else
		local low, high = 0, limit
		while low < high do
			local level = math.ceil((low + high) / 2)
			if sum(all, 'need', level) <= capacity then
				low = level
			else
				high = level - 1
			end
		end
		fair = math.min(need, low)
		local rest = capacity - sum(all, 'need', low)
		for _, id in ipairs(ids) do
			if rest > 0 and all[id].need > low then
				rest = rest - 1
				if id == me then
					fair = fair + 1
				end
			end
		end
	end

	-- Bulk calls that wait leave some slots of the whole quota alone.
	local bulkMost = unclaimed - (limit - bulk)
	local useful = need > singles and math.max(singles, bulkMost) or fair
	local most = math.max(claimed, math.min(fair, unclaimed, useful))
	local hiddenFor = hidden and 2 * sending + window or sending
	if now - emptied <= hiddenFor then
		-- Nobody gets more, and everybody keeps what it has of its fallback share.
		most, fair = claimed, math.max(fair, math.min(claimed, fallback))
	end
	redis.call('HSET', key, me, string.format('%d %d %d %d %d', most, need, trips, fastest, stock))
	if pause > 0 and now + pause > until_ then
		until_ = now + pause
		redis.call('HSET', key, 'pause', string.format('%.0f', until_))
	end
	redis.call('PEXPIRE', key, math.max(memory, until_ - now))
	return { most, fair, bulkMost, math.max(0, unclaimed - most), math.max(0, until_ - now),
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
redis.call('HSET', KEYS[1], me, string.format('%.0f %d %.0f', now, lease, new[me]))
return table.concat(reply, ' ')
