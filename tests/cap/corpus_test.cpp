// The corpus: a message that breaks no rule, and for each rule what breaks it, in every form it
// has.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "protocols/cap/freshness.hpp"
#include "protocols/cap/lint.hpp"
#include "protocols/cap/reading.hpp"
#include "tests/cap/sample.hpp"
#include "tests/support/catch.hpp"

namespace siaga::cap::test {
namespace {

Settings corpus_settings() {
  Settings settings;
  settings.infos_max = 3;
  settings.areas_max = 3;
  settings.points_max = 8;
  return settings;
}

struct Case {
  std::set<std::string> expected;
  std::string line;
  std::vector<std::string> steps;
};

std::vector<std::string> split(std::string const& text, std::string const& by) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (auto at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + by.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

std::string unescaped(std::string const& text) {
  auto plain = replaced(replaced(text, "\\n", "\n"), "\\e", "\x1b");
  return replaced(std::move(plain), "\\0", std::string_view("\0", 1));
}

std::vector<Case> cases() {
  std::vector<Case> found;
  std::istringstream in(file_text("../corpus/cases.txt"));
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    auto const colon = line.find(": ");
    Case entry{{}, line, split(line.substr(colon + 2), " ;; ")};
    for (auto const& rule : split(line.substr(0, colon), "+"))
      if (rule != "ok") entry.expected.insert(rule);
    found.push_back(std::move(entry));
  }
  return found;
}

// What a case's steps make of the base message: the text of each form it runs in.
struct Written {
  std::optional<std::string> xml, json, raw;
  UtcTime now{};
};

class Steps {
 public:
  Written run(std::vector<std::string> const& steps) {
    for (auto const& step : steps) change(step);
    Written out;
    out.now = now_;
    if (raw_) {
      out.raw = raw_;
      return out;
    }
    if (form_ != "json") out.xml = replaced_once(as_xml(root_), "xml");
    if (form_ != "xml") out.json = replaced_once(as_json(root_), "json");
    if (encoding_ == "utf16") out.xml = as_utf16(replaced(*out.xml, "UTF-8", "UTF-16"));
    if (encoding_ == "latin1") out.xml = as_latin1(replaced(*out.xml, "UTF-8", "ISO-8859-1"));
    return out;
  }

 private:
  void change(std::string const& step) {
    std::istringstream in(step);
    std::string verb, path, rest;
    in >> verb;
    if (verb == "xml" || verb == "json") {
      form_ = verb;
      auto const sides = split(step.substr(verb.size() + 1), " => ");
      REQUIRE(sides.size() == 2);
      from_ = unescaped(sides[0]);
      to_ = unescaped(sides[1]);
      return;
    }
    if (verb == "raw") {
      raw_ = unescaped(step.substr(4));
      return;
    }
    if (verb == "utf16" || verb == "latin1") {
      encoding_ = verb;
      form_ = "xml";
      return;
    }
    in >> path;
    if (verb == "now") {
      now_ = parse_rfc3339(path).value();
      return;
    }
    std::getline(in, rest);
    if (!rest.empty()) rest.erase(0, 1);
    if (verb == "set") {
      at(root_, path).text = rest;
    } else if (verb == "drop") {
      drop(root_, path);
    } else if (verb == "copy") {
      copy_until(root_, path, std::stoul(rest));
    } else if (verb == "fill") {
      at(root_, path).text = std::string(std::stoul(rest), 'a');
    } else if (verb == "nest") {
      auto* home = &root_;
      for (auto left = std::stoul(path); left > 0; --left) {
        home->branches.push_back({"lapis", {}, {}});
        home = &home->branches.back();
      }
    } else {
      FAIL("no such step: " << step);
    }
  }

  std::string replaced_once(std::string text, std::string const& form) {
    if (form_ != form || encoding_ != "") return text;
    auto const place = text.find(from_);
    INFO("replacing " << from_);
    REQUIRE(place != std::string::npos);
    return text.replace(place, from_.size(), to_);
  }

  Branch root_ = read_sample("../corpus/base.txt");
  std::string form_, from_, to_, encoding_;
  std::optional<std::string> raw_;
  UtcTime now_ = parse_rfc3339("2026-11-23T14:30:00+08:00").value();
};

std::set<std::string> broken_rules(std::string const& text, UtcTime now) {
  auto const settings = corpus_settings();
  std::set<std::string> broken;
  for (auto const& finding : lint(text, settings)) {
    broken.insert(finding.reason.rule);
    CHECK(!finding.reason.text.empty());
    CHECK(finding.reason.text.find(" / ") != std::string::npos);
    CHECK(finding.reason.text.find_first_of("{}") == finding.reason.text.find("{ }"));
  }
  auto reading = read(text, body_of("", text), settings, Rigour::refusals);
  if (reading.alert && reading.alert->sent.text.starts_with("2026-11-23T14:30:00+08:00")) {
    auto const fresh = check_freshness(command_of(std::move(*reading.alert)), now, settings);
    if (!fresh) broken.insert(fresh.error().reasons.front().rule);
  }
  return broken;
}

using Seen = std::map<std::string, std::set<char>>;  // rule -> forms it was found in: x j w c

void run(Case const& entry, Seen& seen) {
  INFO(entry.line);
  auto const written = Steps().run(entry.steps);
  auto const judge = [&](std::string const& text, char form) {
    INFO("form " << form);
    CHECK(broken_rules(text, written.now) == entry.expected);
    for (auto const& rule : entry.expected) seen[rule].insert(form);
  };
  if (written.xml) judge(*written.xml, 'x');
  if (written.json) judge(*written.json, 'j');
  if (written.raw) judge(*written.raw, (*written.raw)[0] == '<' ? 'x' : 'j');
}

std::string path_of(Element element) {
  auto const& what = row(element);
  if (what.parent == Element::alert) return std::string(what.name);
  return path_of(what.parent) + "/" + std::string(what.name);
}

// The cases every element of a kind has: missing, twice, or a word that is none.
std::vector<Case> made_cases() {
  std::vector<Case> made;
  for (auto const& rule : all_rules()) {
    auto const path = rule.element == Element::alert ? "" : path_of(rule.element);
    std::vector<std::string> steps;
    if (rule.check == Check::required) {
      steps.assign(rule.element == Element::category ? 2 : 1, "drop " + path);
    } else if (rule.check == Check::repeated) {
      steps = {"copy " + path + " 2"};
    } else if (rule.check == Check::word) {
      steps = {"set " + path + " Entah"};
    } else {
      continue;
    }
    made.push_back({{rule.id}, rule.id + " (made)", std::move(steps)});
  }
  return made;
}

}  // namespace

TEST_CASE("the base message of the corpus breaks no rule in either form", "[cap]") {
  auto const root = read_sample("../corpus/base.txt");
  CHECK(lint(as_xml(root), corpus_settings()).empty());
  CHECK(lint(as_json(root), corpus_settings()).empty());
}

TEST_CASE("the base message of the corpus has every element there is", "[cap]") {
  auto root = read_sample("../corpus/base.txt");
  for (auto const& element : elements())
    if (element.element != Element::alert) at(root, path_of(element.element));
}

TEST_CASE("each case of the corpus breaks the rules it names and no other", "[cap]") {
  Seen seen;
  for (auto const& entry : cases()) run(entry, seen);
}

TEST_CASE("every rule has a failing case in each form it can be broken in", "[cap]") {
  Seen seen;
  for (auto const& entry : cases()) run(entry, seen);
  for (auto entry : made_cases()) {
    if (entry.expected.begin()->ends_with(".repeated")) {  // JSON calls that a duplicate key
      auto const written = Steps().run(entry.steps);
      INFO(entry.line);
      CHECK(broken_rules(*written.xml, written.now) == entry.expected);
      seen[*entry.expected.begin()].insert('x');
    } else {
      run(entry, seen);
    }
  }
  for (auto const& rule : all_rules()) {
    INFO(rule.id << " has no case");
    auto const forms = row(rule.check).forms;
    if (forms != Forms::json && forms != Forms::wrapper) CHECK(seen[rule.id].contains('x'));
    if (forms != Forms::xml) CHECK(seen[rule.id].contains('j'));
  }
}

TEST_CASE("every case of the corpus names rules that exist", "[cap]") {
  std::set<std::string> known;
  for (auto const& rule : all_rules()) known.insert(rule.id);
  for (auto const& entry : cases())
    for (auto const& rule : entry.expected) {
      INFO(entry.line);
      CHECK(known.contains(rule));
    }
}

}  // namespace siaga::cap::test
