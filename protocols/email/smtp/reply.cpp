#include "protocols/email/smtp/reply.hpp"

#include <algorithm>

namespace siaga::email {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Error violated(std::string what) {
  return Error(Errc::protocol_violated, "the mail server's answer " + std::move(what));
}

void append_printable(std::string& to, std::string_view text) {
  for (char c : text) {
    auto const byte = static_cast<unsigned char>(c);
    to += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
}

}  // namespace

std::string Reply::shown() const {
  constexpr std::string_view edges = " \n<>,;:()\"'";
  constexpr std::size_t shown_bytes_max = 300;
  std::string line = std::to_string(code);
  std::string_view rest = text;
  while (!rest.empty() && line.size() < shown_bytes_max) {
    auto const word = rest.substr(0, rest.find_first_of(edges));
    if (line.size() == 3) line += ' ';
    line.append(word.find('@') == std::string_view::npos ? word : "(address)");
    rest.remove_prefix(word.size());
    if (rest.empty()) break;
    line += rest.front() == '\n' ? ' ' : rest.front();
    rest.remove_prefix(1);
  }
  return line;
}

Result<bool> ReplyReader::take_line(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit))
    return violated("does not begin with a code");
  if (line[0] < '2' || line[0] > '5') return violated("has a code outside 200 to 599");
  if (line.size() > 3 && line[3] != ' ' && line[3] != '-')
    return violated("has neither space nor hyphen after its code");
  int const code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (lines_ > 0 && code != reply_.code) return violated("changes its code from line to line");
  if (++lines_ > reply_lines_max) return violated("has too many lines");
  reply_.code = code;
  if (lines_ > 1) reply_.text += '\n';
  if (line.size() > 4) append_printable(reply_.text, line.substr(4));
  if (reply_.text.size() > reply_bytes_max) return violated("is too long");
  return line.size() == 3 || line[3] == ' ';
}

Result<std::optional<Reply>> ReplyReader::next() {
  for (;;) {
    auto const end = buffer_.find('\n', start_);
    auto const length = (end == std::string::npos ? buffer_.size() : end) - start_;
    if (length > line_bytes_max) return violated("has a line that is too long");
    if (end == std::string::npos) {
      buffer_.erase(0, start_);
      start_ = 0;
      return std::optional<Reply>();
    }
    auto line = std::string_view(buffer_).substr(start_, length);
    if (line.ends_with('\r')) line.remove_suffix(1);
    auto const last = take_line(line);
    if (!last) return last.error();
    start_ = end + 1;
    if (!*last) continue;
    std::optional<Reply> whole(std::move(reply_));
    reply_ = Reply();
    lines_ = 0;
    return whole;
  }
}

void ReplyReader::drop() noexcept {
  buffer_.clear();
  start_ = 0;
  reply_ = Reply();
  lines_ = 0;
}

}  // namespace siaga::email
