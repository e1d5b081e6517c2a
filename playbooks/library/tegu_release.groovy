// The vendor's rule for versions, major.minor.build: a new major or minor changes the structure of the
// database the first time it starts, and counts on every earlier change having been made by its own release;
// a build never does. Going to a lower version is forbidden.
summary 'Say which release of TEGU is installed, and refuse a step that would harm the database'

option 'wanted', required: true, doc: 'The version to go to, as major.minor.build.'
option 'program', required: true, doc: "The server's program, which tells its version."
option 'database', doc: 'The structure that the database has, as major.minor; without it only programs are compared.'
option 'skip_releases', type: Boolean, default: false, doc: 'The vendor says that no release between changes the database.'

numbers = { text -> text.tokenize('.').collect { it as int } }
series = { text -> text.tokenize('.').take(2).join('.') }
lower = { one, other ->
  def a = numbers(one), b = numbers(other)
  def at = (0..<Math.min(a.size(), b.size())).find { a[it] != b[it] }
  at != null && a[at] < b[at]
}

plan { o ->
  def answer = look "${quote(o.program)} --version"
  if (!answer.ok) fail "${o.program} --version: ${answer.stderr ?: answer.stdout}"
  def installed = answer.stdout.find(/\d+\.\d+\.\d+/)
  if (!installed) fail "${o.program} says '${answer.stdout}', which holds no version"
  result version: installed, series: series(installed), wanted_series: series(o.wanted)

  if (lower(o.wanted, installed)) {
    fail "refused: $installed is installed, and ${o.wanted} is lower. Going to a lower version can destroy " +
        'the database beyond anything but a backup.'
  }
  if (o.database == null) return

  if (lower(series(o.wanted), o.database)) {
    fail "refused: the database has the structure of ${o.database} already, ${o.wanted} is older. Starting it " +
        'could destroy the database beyond anything but a backup.'
  }
  def (int major, int minor) = numbers(o.wanted)
  def (int dataMajor, int dataMinor) = numbers(o.database)
  def steps = major == dataMajor && minor - dataMinor <= 1
  if (!steps && !o.skip_releases) {
    fail "refused: the database has the structure of ${o.database}, and every change of it must be made by its " +
        "own release. Upgrade to each version between ${o.database} and ${o.wanted} in turn, or, if the vendor " +
        'says there is none, set tegu_skip_releases=true.'
  }
}
