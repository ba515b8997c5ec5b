-- Counts an attempt in every window, or in none where one is full; the rules are those of backend/core/budgets.py.
-- KEYS: one of each window. ARGV: now; 1 to count, 0 only to look; then size and seconds of each.
-- Returns 0, or seconds until the last of the full windows ends.
local now = tonumber(ARGV[1])
local counted, wait = {}, 0

for place, key in ipairs(KEYS) do
  local size, seconds = tonumber(ARGV[2 * place + 1]), tonumber(ARGV[2 * place + 2])
  local made = tonumber(redis.call('HGET', key, 'made') or 0)
  local ends = tonumber(redis.call('HGET', key, 'ends') or 0)
  if ends <= now then
    made, ends = 0, now + seconds
  end
  if made >= size then
    wait = math.max(wait, ends - now)
  end
  counted[place] = {made = made, ends = ends}
end

if wait > 0 or ARGV[2] == '0' then
  return wait
end
for place, key in ipairs(KEYS) do
  redis.call('HSET', key, 'made', counted[place].made + 1, 'ends', counted[place].ends)
  redis.call('EXPIRE', key, counted[place].ends - now)
end
return 0
