-- Notes that an instance has left: no share is kept for it, whatever its last calls take, and
-- what it holds comes free by itself.
--
-- KEYS as in share-quotas.lua
-- ARGV the instance; how many milliseconds a lease lasts, and after how many an instance would be
--      forgotten; then what it holds of each quota

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local me, lease, memory = ARGV[1], tonumber(ARGV[2]), ARGV[3]

redis.call('HSET', KEYS[1], me, string.format('%.0f %d', now, -lease))
redis.call('PEXPIRE', KEYS[1], memory)
for i = 2, #KEYS do
	redis.call('HSET', KEYS[i], me, string.format('%d 0 0 0', ARGV[i + 2]))
	if redis.call('PTTL', KEYS[i]) < tonumber(memory) then
		redis.call('PEXPIRE', KEYS[i], memory)
	end
end
return string.format('%.0f', now)
