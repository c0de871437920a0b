// What a shortened SMS keeps, over many messages.
#include "protocols/sms/text/shorten.hpp"

#include "protocols/sms/text/compose_sms.hpp"
#include "protocols/sms/text/transliterate.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

constexpr std::string_view time_text = "23 Nov 2026 14:30 WITA";

class Generator {
 public:
  explicit Generator(std::uint32_t seed) : state_(seed * 2654435761U + 1) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 8) % bound;
  }

 private:
  std::uint32_t state_;
};

// Words no two of which begin alike: "pl007", and a tail of what is hard to cut.
std::vector<std::string> words(Generator& random, std::string const& of_field, std::size_t max,
                               bool plain) {
  std::string const tails[] = {"a", "€", "[", "e\u0301", "ب", "😀", "🇮🇩", "👨\u200d👩"};
  std::vector<std::string> all;
  for (auto count = random.below(max + 1); count > 0; --count) {
    auto number = std::to_string(1000 + all.size()).substr(1);
    std::string word = of_field + number;
    for (auto length = random.below(8); length > 0; --length)
      word += tails[random.below(plain ? 3 : std::size(tails))];
    all.push_back(word);
  }
  return all;
}

std::string joined(std::vector<std::string> const& all) {
  std::string text;
  for (auto const& word : all) text += (text.empty() ? "" : " ") + word;
  return text;
}

struct Sample {
  Message message;
  std::vector<std::string> event, place, action;
};

Sample sample(Generator& random) {
  Sample made;
  bool const plain = random.below(2) == 0;
  made.event = words(random, "ev", 6, plain);
  if (made.event.empty()) made.event.emplace_back("ev000");
  made.place = words(random, "pl", 60, plain);
  made.action = words(random, "ac", 60, plain);
  auto& m = made.message;
  std::string const marks[] = {"", "LATIHAN", "UJI COBA"};
  m.mark = marks[random.below(3)];
  m.level = random.below(2) == 0 ? "AWAS" : "SIAGA 1 (AWAS)";
  m.event = joined(made.event);
  m.place = joined(made.place);
  m.time = time_text;
  m.action = joined(made.action);
  m.code = "4821";
  m.reply_hint = "Balas SIAP 4821 atau TOLAK 4821";
  m.sender_tag = "POLRES BONTANG";
  m.possible_duplicate = random.below(4) == 0;
  return made;
}

// Whether the word stands at `at`, as written or in one of the forms it may have been given.
std::size_t word_at(std::string_view text, std::size_t at, std::string const& word) {
  auto const whole = joined_marks(word);
  std::string const forms[] = {word, whole, plain_letters(whole, Loss::script).value_or(word)};
  std::size_t longest = 0;
  for (auto const& form : forms)
    if (text.substr(at, form.size()) == form) longest = std::max(longest, form.size());
  return longest;
}

// What of a field is in the text: so many words from its first, each whole; -1 = a part of one.
struct Kept {
  int words = 0;
  std::size_t end = 0;  // after the last
};
Kept kept_of(std::string_view text, std::vector<std::string> const& field) {
  Kept kept;
  std::size_t from = 0;
  bool gone = false;
  for (auto const& word : field) {
    auto const at = text.find(word.substr(0, 5), from);
    if (at == text.npos) {
      gone = true;
      continue;
    }
    auto const length = word_at(text, at, word);
    if (gone || length == 0) return {-1, 0};
    ++kept.words;
    kept.end = from = at + length;
  }
  return kept;
}

// Each part by itself, as a phone that never gets the others would show it.
bool parts_stand_alone(Segments const& segments) {
  for (auto const& part : segments.parts) {
    auto const text = text_of(part, segments.coding == Coding::ucs2 ? 8 : 0, Charset::gsm);
    if (text.find("\uFFFD") != std::string::npos) return false;
    if (segments.coding == Coding::seven_bit && part.back() == '\x1B') return false;
  }
  return true;
}

void check_order(Sample const& sample, std::string const& text) {
  bool missing = false;
  auto const next = [&](int words, std::size_t all, std::size_t end) {
    REQUIRE(words >= 0);
    REQUIRE((!missing || words == 0));  // what comes later in the order is gone as well
    if (static_cast<std::size_t>(words) == all) return;
    if (!missing && words > 0) REQUIRE(text.substr(end, 3) == "...");
    missing = true;
  };
  auto const field = [&](std::vector<std::string> const& of) {
    auto const kept = kept_of(text, of);
    next(kept.words, of.size(), kept.end);
  };
  field(sample.event);
  field(sample.place);
  next(text.find(time_text) == text.npos ? 0 : 1, 1, 0);
  field(sample.action);
  if (missing) {
    REQUIRE(text.find("...") != text.npos);
    REQUIRE(text.find("::") == text.npos);
  }
}

}  // namespace

TEST_CASE("whatever parts_max, what is kept is the beginning of the order, cut between words",
          "[sms]") {
  Generator random(7);
  for (std::size_t parts_max = 1; parts_max <= 6; ++parts_max)
    for (int round = 0; round < 300; ++round) {
      auto const made = sample(random);
      ComposeRules rules;
      rules.parts_max = parts_max;
      rules.wide_reference = random.below(2) == 0;
      rules.plain_letters = random.below(2) == 0;
      auto const text = compose_sms(made.message, rules);
      auto const segments = segment(text, rules);
      CAPTURE(parts_max, round, text);
      REQUIRE(segments.parts.size() <= parts_max);
      REQUIRE(parts_stand_alone(segments));
      auto const head =
          made.message.mark + (made.message.mark.empty() ? "" : " ") + made.message.level;
      REQUIRE(text.rfind(head, 0) == 0);
      REQUIRE(text.find("Balas SIAP 4821") != text.npos);
      check_order(made, text);
    }
}

TEST_CASE("a shortened text is as long as its parts allow", "[sms]") {
  Message m;
  m.level = "AWAS";
  m.event = "Banjir";
  m.place = "Kel. Lok Tuan";
  m.time = time_text;
  for (int i = 0; i < 100; ++i) m.action += "naik ke tempat tinggi ";
  m.code = "4821";
  ComposeRules rules;
  for (std::size_t parts_max = 1; parts_max <= 4; ++parts_max) {
    rules.parts_max = parts_max;
    auto const text = compose_sms(m, rules);
    CHECK(count_parts(text, rules) == parts_max);
    CHECK(count_parts(text + std::string(8, 'x'), rules) > parts_max);
  }
}

TEST_CASE("what no reader can do without is whole even where it needs more than parts_max",
          "[sms]") {
  Message m;
  m.mark = "LATIHAN";
  m.level = "SIAGA " + std::string(170, '1');
  m.event = "Banjir";
  m.place = "Kel. Lok Tuan";
  m.time = time_text;
  m.action = "naik";
  m.code = "4821";
  ComposeRules rules;
  rules.parts_max = 1;
  CHECK(compose_sms(m, rules) == "LATIHAN " + m.level + "... Balas SIAP 4821");
}

TEST_CASE("a script without spaces and an endless word are cut between characters, marks kept",
          "[sms]") {
  Message m;
  m.kind = MessageKind::notice;
  ComposeRules rules;
  rules.parts_max = 1;
  for (auto const* character :
       {"字", "क\u094d", "가\u0301\u0302", "👩🏽\u200d🚒", "🇮🇩", "각"}) {
    m.text = "字字字 ";  // so that no picture may go
    for (int i = 0; i < 200; ++i) m.text += character;
    auto const text = compose_sms(m, rules);
    CAPTURE(text);
    REQUIRE(count_parts(text, rules) == 1);
    auto rest = std::string_view(text);
    REQUIRE(rest.substr(0, 10) == "字字字 ");
    REQUIRE(rest.substr(rest.size() - 3) == "...");
    rest = rest.substr(10, rest.size() - 13);
    std::string_view const whole(character);
    REQUIRE(rest.size() % whole.size() == 0);
    REQUIRE(rest.size() / whole.size() >= 5);
  }
}

TEST_CASE("a closing message that is too long is cut at a word, its mark kept", "[sms]") {
  Message m;
  m.kind = MessageKind::closing;
  m.mark = "LATIHAN";
  m.text = "LATIHAN: Sudah ditangani oleh Kabag Ops:";
  for (int i = 0; i < 40; ++i) m.text += " Berbas";
  ComposeRules rules;
  rules.parts_max = 1;
  auto const text = compose_sms(m, rules);
  CHECK(text.rfind("LATIHAN: Sudah ditangani oleh Kabag Ops: Berbas", 0) == 0);
  CHECK(text.substr(text.size() - 9) == "Berbas...");
  CHECK(count_parts(text, rules) == 1);
}

}  // namespace siaga::sms
