-- Counts an attempt in every window, or in none where one is full; the rules are those of backend/core/budgets.py.
-- KEYS: one of each window. ARGV: now; 1 to count, 0 only to look; then of each its size, and its end if it begins now.
-- Returns 0, or seconds until the last of the full windows ends; then how many attempts each window holds.
local now = tonumber(ARGV[1])
local counted, wait = {}, 0

for place, key in ipairs(KEYS) do
  local size, new = tonumber(ARGV[2 * place + 1]), tonumber(ARGV[2 * place + 2])
  local made = tonumber(redis.call('HGET', key, 'made') or 0)
  local ends = tonumber(redis.call('HGET', key, 'ends') or 0)
  if ends <= now then
    made, ends = 0, new
  end
  if made >= size then
    wait = math.max(wait, ends - now)
  end
  counted[place] = {made = made, ends = ends}
end

local told = {wait}
for place, key in ipairs(KEYS) do
  local window = counted[place]
  if wait == 0 and ARGV[2] == '1' then
    window.made = window.made + 1
    redis.call('HSET', key, 'made', window.made, 'ends', window.ends)
    redis.call('EXPIRE', key, window.ends - now)
  end
  told[place + 1] = window.made
end
return told
