// TempDir: a directory of the test's own, below the build's, gone at the end.
#pragma once

#include <filesystem>
#include <string>

namespace siaga::test {

class TempDir {
 public:
  TempDir() {
    auto const scratch = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "scratch";
    std::filesystem::create_directories(scratch);
    std::string form = (scratch / "XXXXXX").string();
    path_ = ::mkdtemp(form.data());
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(TempDir const&) = delete;
  TempDir& operator=(TempDir const&) = delete;
  std::string const& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace siaga::test
