import java.time.LocalTime

// Where the inventory sets tegu_window, such as '22:00-06:00', nothing is changed outside of it. It is the time
// of the machine that Molt runs on.
before {
  def window = hosts ? vars(hosts[0]).getOrDefault('tegu_window', '') : ''
  if (!window || check) return
  def ends = window.split('-')
  if (ends.size() != 2) fail "tegu_window is a span such as 22:00-06:00, found '$window'"
  def (from, to) = ends.collect { LocalTime.parse(it.trim()) }
  def now = LocalTime.now()
  def within = from <= to ? now >= from && now < to : now >= from || now < to
  if (!within) fail "it is ${now.toString().take(5)}, and the inventory allows an upgrade at $window (tegu_window)"
}

onPointOfNoReturn { say 'from here on only the backup leads back' }
