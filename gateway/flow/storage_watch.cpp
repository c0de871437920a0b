#include "gateway/flow/storage_watch.hpp"

#include "gateway/base/log.hpp"

namespace siaga::flow {

bool StorageWatch::worth_retrying(std::string_view doing, Error const& error) {
  if (error.is(Errc::cancelled)) return false;
  if (!failing_)
    log::error("storage_failing", {{"doing", std::string(doing)}, {"error", error.text()}});
  failing_ = true;
  full_ = error.is(Errc::storage_full);
  if (full_) return true;
  give_up_(error);
  return false;
}

}  // namespace siaga::flow
