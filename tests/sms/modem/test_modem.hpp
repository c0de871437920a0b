// TestModem: the program siaga_test_modem beside a test, its port under a name that stays.
//
// Place:  tests on a real terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/child.hpp"
#include "tests/support/temp_dir.hpp"

namespace siaga::sms {

using std::chrono::seconds;

class TestModem {
 public:
  explicit TestModem(std::vector<std::string> const& options = {});

  std::string device() const { return directory_.path() + "/modem"; }
  std::string command(std::string const& line);  // over the control port

 private:
  test::TempDir directory_;
  test::Child child_;
  std::uint16_t control_ = 0;
};

}  // namespace siaga::sms
