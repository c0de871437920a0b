// SafeStream: carries everything a command writes, and writes out characters that a terminal would
// obey.
//
// Place:  run_program -> SAFE STREAM -> the terminal's own. Tables, CSV and JSON have done it for
//         themselves, since they count columns; this is for the command that forgot.
// Thread: main. Hands on whole lines; the rest when flushed or at its end.
// See:    gateway/base/visible.hpp
#pragma once

#include <ostream>
#include <streambuf>
#include <string>

namespace siaga::cli {

class SafeStream : private std::streambuf, public std::ostream {
 public:
  explicit SafeStream(std::ostream& to) : std::ostream(this), to_(to) {}
  ~SafeStream() override { hand_on(); }
  SafeStream(SafeStream const&) = delete;
  SafeStream& operator=(SafeStream const&) = delete;

 private:
  int overflow(int c) override;
  std::streamsize xsputn(char const* text, std::streamsize count) override;
  int sync() override;
  void hand_on();

  std::ostream& to_;
  std::string waiting_;
};

}  // namespace siaga::cli
