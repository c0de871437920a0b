#include "gateway/domain/acknowledgement.hpp"

#include <algorithm>
#include <array>

#include "gateway/domain/code.hpp"
#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr std::size_t text_bytes_max = 4096;
constexpr std::size_t note_bytes_max = 500;

template <std::size_t N>
using Words = std::array<std::string_view, N>;

constexpr Words<6> accepting{"SIAP", "OK", "YA", "TERIMA", "ACK", "86"};
constexpr Words<3> declining{"TIDAK", "TOLAK", "NO"};
// Everyday words besides: they answer only at the beginning ("apa ya 4821" asks, it does not
// answer).
constexpr Words<3> weak{"YA", "OK", "NO"};
// What takes an accepting word back without saying no outright.
constexpr Words<11> negating{"BELUM", "BLM",    "TDK",   "TAK",    "GAK", "GA",
                             "NGGAK", "ENGGAK", "BUKAN", "JANGAN", "NOT"};
// What may stand before the answer without being part of it.
constexpr Words<20> courteous{"MOHON", "IZIN",  "IJIN", "PAK",   "BAPAK", "BU",   "IBU",
                              "NDAN",  "DAN",   "BANG", "MAS",   "MBAK",  "HALO", "SELAMAT",
                              "PAGI",  "SIANG", "SORE", "MALAM", "BALAS", "RE"};
constexpr Words<4> naming_a_code{"KODE", "CODE", "NOMOR", "NO"};
constexpr Words<2> asking_between{"ATAU", "OR"};

template <std::size_t N>
bool among(Words<N> const& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// A run of letters or of digits, folded to A-Z and 0-9, and where it stands in the text.
struct Token {
  std::string folded;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool number = false;
  bool asks = false;  // belongs to a quoted question
};

// A-Z and 0-9 from ASCII and full-width forms, digits of the scripts of the region (Arabic, Indian,
// Thai, Burmese, Khmer, Balinese, Javanese) as well; 0 for anything else.
char folded(char32_t value) {
  constexpr std::array<char32_t, 16> zeros{U'0',   0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66,
                                           0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0E50, 0x1040,
                                           0x17E0, 0x1B50, 0xA9D0, 0xFF10};
  for (auto const zero : zeros)
    if (value >= zero && value < zero + 10) return static_cast<char>('0' + (value - zero));
  constexpr std::array<char32_t, 4> letters{U'A', U'a', 0xFF21, 0xFF41};
  for (auto const a : letters)
    if (value >= a && value < a + 26) return static_cast<char>('A' + (value - a));
  return '\0';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    auto const point = first_code_point(text.substr(at));
    char const c = folded(point.value);
    if (c == '\0') {
      open = false;
    } else {
      if (!open || tokens.back().number != is_digit(c))
        tokens.push_back(Token{{}, at, at, is_digit(c), false});
      tokens.back().folded += c;
      tokens.back().end = at + point.bytes;
      open = true;
    }
    at += point.bytes;
  }
  return tokens;
}

// Answering words next to each other that make one answer: "86", "OK siap", "tidak siap".
struct Run {
  std::size_t first = 0;
  std::size_t last = 0;
  Answer answer = Answer::accepted;
  bool strong = false;
};

class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text), tokens_(tokens_of(text)) {
    for (std::size_t i = 0; i < tokens_.size(); ++i) ask_at(i);
  }

  ParsedAnswer parse() {
    ParsedAnswer parsed;
    auto const run = decisive_run();
    if (run) parsed.answer = meaning(*run);
    bool const agreed = parsed.answer && !contradicted(*run);
    if (!agreed) parsed.answer.reset();
    auto const code = agreed ? code_beside(*run) : code_alone();
    if (code) parsed.code = tokens_[*code].folded;
    parsed.note = note_without(agreed ? run : std::nullopt, code);
    return parsed;
  }

 private:
  bool is_word(std::size_t i, std::string_view word) const {
    return i < tokens_.size() && tokens_[i].folded == word;
  }
  // As many digits as a code, mistyped by one perhaps.
  bool is_codelike(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].number && tokens_[i].folded.size() >= 3 &&
           tokens_[i].folded.size() <= 6;
  }
  bool is_thanks(std::size_t i) const { return is_word(i, "TERIMA") && is_word(i + 1, "KASIH"); }
  bool is_plain_answer(std::size_t i) const {
    return i < tokens_.size() &&
           (among(accepting, tokens_[i].folded) || among(declining, tokens_[i].folded));
  }
  // "SIAP 4821 atau TOLAK 4821": how an alert asks. A reply that quotes it says neither by that.
  void ask_at(std::size_t i) {
    bool const either = i + 2 < tokens_.size() && among(asking_between, tokens_[i + 2].folded);
    auto const other = i + (either ? 3 : 2);
    if (other + 1 >= tokens_.size() || !is_codelike(i + 1)) return;
    if (!among(accepting, tokens_[i].folded) || !among(declining, tokens_[other].folded)) return;
    if (tokens_[other + 1].folded != tokens_[i + 1].folded) return;
    tokens_[i].asks = tokens_[other].asks = true;
  }

  // "No. 4821 siap": nomor, not a refusal.
  bool is_number_sign(std::size_t i) const {
    return is_word(i, "NO") && is_codelike(i + 1) && is_plain_answer(i + 2);
  }

  std::optional<Answer> answer_at(std::size_t i) const {
    if (!is_plain_answer(i) || tokens_[i].asks || is_thanks(i) || is_number_sign(i))
      return std::nullopt;
    return among(accepting, tokens_[i].folded) ? Answer::accepted : Answer::declined;
  }

  std::size_t leading() const {
    std::size_t i = 0;
    for (;;) {
      if (is_thanks(i))
        i += 2;
      else if (is_codelike(i) || is_number_sign(i) ||
               (i < tokens_.size() && among(courteous, tokens_[i].folded)))
        ++i;
      else
        return i;
    }
  }

  std::optional<Run> run_from(std::size_t i) const {
    for (; i < tokens_.size(); ++i) {
      auto const answer = answer_at(i);
      if (!answer) continue;
      Run run{i, i, *answer, false};
      // "tidak siap" is one refusal; an acceptance goes no further than its own words.
      while (answer_at(run.last + 1) == answer ||
             (answer == Answer::declined && answer_at(run.last + 1)))
        ++run.last;
      for (auto t = run.first; t <= run.last; ++t)
        run.strong = run.strong || !among(weak, tokens_[t].folded);
      return run;
    }
    return std::nullopt;
  }

  bool counts(Run const& run) const {
    bool const beside_code =
        (run.first > 0 && is_codelike(run.first - 1)) || is_codelike(run.last + 1);
    return run.first == leading() || (run.strong && beside_code);
  }

  std::optional<Run> decisive_run() const {
    for (auto run = run_from(0); run; run = run_from(run->last + 1))
      if (counts(*run)) return run;
    return std::nullopt;
  }

  // None when the word is taken back: "belum siap", "ok tidak bisa".
  std::optional<Answer> meaning(Run const& run) const {
    if (run.answer == Answer::declined) return run.answer;
    if (run.first > 0 && among(negating, tokens_[run.first - 1].folded)) return std::nullopt;
    auto const next = run.last + 1;
    bool const negated = next < tokens_.size() && (answer_at(next) == Answer::declined ||
                                                   among(negating, tokens_[next].folded));
    if (negated && !is_word(next + 1, "ADA")) return std::nullopt;
    return run.answer;
  }

  // Two answers in one text. What only follows the code of the first is its note: "SIAP 4821 tidak
  // ada korban".
  bool contradicted(Run const& chosen) const {
    for (auto run = run_from(chosen.last + 1); run; run = run_from(run->last + 1)) {
      bool const in_note = run->first == chosen.last + 2 && !is_codelike(run->last + 1);
      if (!in_note && counts(*run) && meaning(*run) != meaning(chosen)) return true;
    }
    return false;
  }

  std::optional<std::size_t> code_beside(Run const& run) const {
    std::optional<std::size_t> before;
    std::optional<std::size_t> after;
    if (run.first > 0 && is_codelike(run.first - 1)) before = run.first - 1;
    if (is_codelike(run.last + 1)) after = run.last + 1;
    if (before && after)
      return is_code(tokens_[*after].folded) && !is_code(tokens_[*before].folded) ? after : before;
    if (before || after) return before ? before : after;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      bool const named = i > 0 && among(naming_a_code, tokens_[i - 1].folded);
      if (is_codelike(i) && (named || is_code(tokens_[i].folded))) return i;
    }
    return std::nullopt;
  }

  std::optional<std::size_t> code_alone() const {
    std::optional<std::size_t> shaped;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (!tokens_[i].number) continue;
      if (is_code(tokens_[i].folded)) return i;
      auto const size = tokens_[i].folded.size();
      if (!shaped && (size == 4 || size == 5)) shaped = i;
    }
    return shaped;
  }

  std::string note_without(std::optional<Run> const& run,
                           std::optional<std::size_t> const& code) const {
    std::vector<std::pair<std::size_t, std::size_t>> taken;
    if (run) taken.emplace_back(tokens_[run->first].begin, tokens_[run->last].end);
    if (code) {
      bool const named = *code > 0 && among(naming_a_code, tokens_[*code - 1].folded);
      taken.emplace_back(tokens_[named ? *code - 1 : *code].begin, tokens_[*code].end);
    }
    std::ranges::sort(taken);
    taken.emplace_back(text_.size(), text_.size());
    std::string note;
    std::size_t from = 0;
    for (auto const& [begin, end] : taken) {
      auto const piece = trimmed(text_.substr(from, std::max(begin, from) - from));
      if (!piece.empty()) note.append(note.empty() ? "" : " ").append(piece);
      from = std::max(from, end);
    }
    return shortened(note, note_bytes_max);
  }

  // Without the marks that stood between it and the answer.
  static std::string trimmed(std::string_view piece) {
    constexpr std::u32string_view before = U" .,;:-_!?#)]*\"'\u2018\u2019\u201C\u201D";
    constexpr std::u32string_view after = U" ,;:-_#([*\"'\u2018\u2019\u201C\u201D";
    auto const text = clean_text(piece);
    std::optional<std::size_t> first;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
      auto const point = first_code_point(std::string_view(text).substr(at));
      if (!first && before.find(point.value) == std::u32string_view::npos) first = at;
      at += point.bytes;
      if (first && after.find(point.value) == std::u32string_view::npos) end = at;
    }
    return first ? text.substr(*first, end - *first) : std::string();
  }

  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace

ParsedAnswer parse_answer(std::string_view text) {
  return Reading(text.substr(0, text_bytes_max)).parse();
}

std::string normal_phone(std::string_view text, std::string_view country_code) {
  constexpr std::size_t international_digits_min = 9;
  std::string digits;
  bool plus = false;
  auto const clean = clean_text(text);
  for (std::string_view rest = clean; !rest.empty();) {
    auto const point = first_code_point(rest);
    rest.remove_prefix(point.bytes);
    char const c = folded(point.value);
    if (is_digit(c))
      digits += c;
    else if ((point.value == U'+' || point.value == 0xFF0B) && digits.empty() && !plus)
      plus = true;
    else if (point.value > 0x7F || std::string_view(" -.()/").find(
                                       static_cast<char>(point.value)) == std::string_view::npos)
      return clean;  // a name, a mail address: no phone number
  }
  if (digits.empty()) return clean;
  std::string const country(country_code);
  bool const is_short = digits.size() < international_digits_min;
  if (!plus && is_short) return digits;
  if (!plus && digits.starts_with("00")) {
    digits.erase(0, 2);
  } else if (!plus && digits.starts_with('0')) {
    digits.replace(0, 1, country);
  }
  // "+62 (0)812": the trunk zero does not belong there.
  if (digits.starts_with(country + "0")) digits.erase(country.size(), 1);
  return "+" + digits;
}

}  // namespace siaga
