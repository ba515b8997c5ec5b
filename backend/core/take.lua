-- Shows people to a reader, or decides whose name is cut; the rules are those of backend/core/budgets.py.
-- KEYS: hour, day, address (people); visitor, address (searches by full name).
-- ARGV: now; size and seconds of each key; then of each person a digest behind '1' when found by full name, else '0'.
-- Returns a '1' for each who is cut and a '0' for each who is not, the end (0: nobody is cut), what is left, and
-- seconds until that ends.
local now = tonumber(ARGV[1])
local windows = {}

for place, key in ipairs(KEYS) do
  local size, seconds = tonumber(ARGV[2 * place]), tonumber(ARGV[2 * place + 1])
  windows[place] = {key = key, size = size, seconds = seconds}
end

local function open(window)
  local ends = tonumber(redis.call('GET', window.key .. ':end') or 0)
  if ends <= now then
    ends = now + window.seconds
    redis.call('DEL', window.key)
    redis.call('SET', window.key .. ':end', ends, 'EX', window.seconds)
  end
  window.ends = ends
end

local function may_search()
  for place = 4, 5 do
    open(windows[place])
    if tonumber(redis.call('GET', windows[place].key) or 0) >= windows[place].size then
      return false
    end
  end
  for place = 4, 5 do
    redis.call('INCR', windows[place].key)
    redis.call('EXPIRE', windows[place].key, windows[place].ends - now)
  end
  return true
end

for place = 1, 3 do
  open(windows[place])
  windows[place].held = redis.call('SCARD', windows[place].key)
end

local free, searched = false, false
local cut, earliest = {}, 0
for place = 12, #ARGV do
  if not searched and ARGV[place]:sub(1, 1) == '1' then
    searched, free = true, may_search()
  end
end

for place = 12, #ARGV do
  local by_name, person = ARGV[place]:sub(1, 1) == '1', ARGV[place]:sub(2)
  local hidden = false
  if redis.call('SISMEMBER', windows[1].key, person) == 0 then
    for number = 1, 3 do
      local window = windows[number]
      if window.held >= window.size and not (by_name and free)
        and redis.call('SISMEMBER', window.key, person) == 0 then
        hidden = true
        if earliest == 0 or window.ends < earliest then
          earliest = window.ends
        end
      end
    end
    if not hidden then
      for number = 1, 3 do
        windows[number].held = windows[number].held + redis.call('SADD', windows[number].key, person)
      end
    end
  end
  cut[#cut + 1] = hidden and '1' or '0'
end

local left, ends = nil, 0
for place = 1, 3 do
  local window = windows[place]
  redis.call('EXPIRE', window.key, window.ends - now)
  if left == nil or window.size - window.held < left then
    left, ends = window.size - window.held, window.ends
  end
end
return {table.concat(cut), earliest, math.max(0, left), ends - now}
