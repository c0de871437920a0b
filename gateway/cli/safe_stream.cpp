#include "gateway/cli/safe_stream.hpp"

#include "gateway/base/visible.hpp"

namespace siaga::cli {

int SafeStream::overflow(int c) {
  using Letter = std::streambuf::traits_type;
  if (c == Letter::eof()) return Letter::not_eof(c);
  char const one = Letter::to_char_type(c);
  xsputn(&one, 1);
  return c;
}

std::streamsize SafeStream::xsputn(char const* text, std::streamsize count) {
  std::string_view const added(text, static_cast<std::size_t>(count));
  waiting_ += added;
  if (added.find('\n') == added.npos) return count;
  auto const whole = waiting_.rfind('\n') + 1;
  to_ << visible_lines(std::string_view(waiting_).substr(0, whole));
  waiting_.erase(0, whole);
  return count;
}

int SafeStream::sync() {
  hand_on();
  to_.flush();
  return to_.good() ? 0 : -1;
}

void SafeStream::hand_on() {
  to_ << visible_lines(waiting_);
  waiting_.clear();
}

}  // namespace siaga::cli
