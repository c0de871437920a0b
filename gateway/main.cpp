#include <sys/stat.h>

#include <iostream>

#include "gateway/app/system_clock.hpp"
#include "gateway/cli/program.hpp"

int main(int count, char** arguments) {
  ::umask(S_IRWXG | S_IRWXO);  // what is written here is for nobody else to read
  siaga::cli::Terminal const terminal{std::cout, std::cerr, siaga::SystemClock().utc_now()};
  return siaga::cli::run_program({arguments + 1, arguments + count}, terminal);
}
