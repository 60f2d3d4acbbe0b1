-- For wrk: sends the prepared requests of a file in turns, and tells what came of it as JSON.
--
--     wrk … -s load.lua http://HOST:PORT -- FILE [MILLISECONDS]
--
-- Requests are separated by the record separator. With a number each connection waits between its requests: at random,
-- in the mean as long.

local requests, at = {}, 0

function init(arguments)
  local file = assert(io.open(arguments[1], 'rb'))
  for one in file:read('*a'):gmatch('[^\30]+') do requests[#requests + 1] = one end
  file:close()
  local mean = tonumber(arguments[2])
  if not mean then return end
  math.randomseed(1)
  function delay() return math.floor(0.5 - mean * math.log(1 - math.random())) end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "micros": %d, "median": %d, "p99": %d, "failed": %d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
