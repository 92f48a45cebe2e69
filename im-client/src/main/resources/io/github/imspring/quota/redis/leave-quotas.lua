-- Notes that an instance has left: it sends nothing more and needs no part, and what it holds
-- comes free by itself.
--
-- KEYS as in share-quotas.lua
-- ARGV the instance; after how many milliseconds it would be forgotten; then what it holds of
--      each quota

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', -now))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 2, #KEYS do
	redis.call('HSET', KEYS[i], ARGV[1], string.format('%d 0 0 0 0', ARGV[i + 1]))
	if redis.call('PTTL', KEYS[i]) < tonumber(ARGV[2]) then
		redis.call('PEXPIRE', KEYS[i], ARGV[2])
	end
end
return string.format('%.0f', now)
