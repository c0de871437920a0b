#include "gateway/journal/store/open.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <future>

#include "gateway/journal/changes/record_receipt.hpp"
#include "gateway/journal/state/lookups.hpp"
#include "gateway/journal/store/inbox.hpp"
#include "gateway/journal/store/journal.hpp"

namespace siaga::journal {
namespace {

// Held while the store is open: two gateways on one store would both believe what is theirs to
// send.
class StoreLock {
 public:
  explicit StoreLock(std::string const& data_dir)
      : file_(
            ::open((data_dir + "/lock").c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)) {
    if (file_ < 0) throw SqlFailure(Error(Errc::storage_failed, data_dir + " is not writable"));
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(file_);
    throw SqlFailure(
        Error(Errc::storage_failed, data_dir + " is in use by another siaga; stop that one first"));
  }
  ~StoreLock() { ::close(file_); }
  StoreLock(StoreLock const&) = delete;
  StoreLock& operator=(StoreLock const&) = delete;

 private:
  int file_;
};

using Reopen = std::function<Result<std::size_t>(Transaction&)>;

class ReopenJob final : public JobOf<std::size_t, Reopen> {
 public:
  explicit ReopenJob(Moment now)
      : JobOf(JobKind::recording, [now](Transaction& tx) {
          await_receipts_anew(tx, now.utc);
          judge_outbox(tx, now.utc);
          return journal::reopen_claims(tx, now);
        }) {}
  std::future<Result<std::size_t>> result() { return promise_.get_future(); }
  void settle() noexcept override { promise_.set_value(std::move(*result_)); }

 private:
  std::promise<Result<std::size_t>> promise_;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(boost::asio::any_io_executor core, StoreSettings settings)
      : lock_(settings.data_dir),
        thread_(core, std::move(settings)),
        feed_(std::make_shared<InboundFeed>(core)),
        journal_(core, thread_, feed_),
        inbox_(core, thread_, feed_) {}

  Journal& journal() override { return journal_; }
  Inbox& inbox() override { return inbox_; }
  LinkKeys const& link_keys() const override { return thread_.link_keys(); }
  Result<std::size_t> reopen_claims(Moment now) override {
    auto job = std::make_unique<ReopenJob>(now);
    auto result = job->result();
    thread_.push(std::move(job));
    return result.get();
  }

 private:
  StoreLock lock_;
  StoreThread thread_;
  std::shared_ptr<InboundFeed> feed_;
  SqliteJournal journal_;
  SqliteInbox inbox_;
};

Result<void> make_dir(std::string const& path) {
  std::error_code ec;
  if (std::filesystem::is_directory(path, ec)) return {};
  auto const parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, ec);
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return Error(Errc::storage_failed, "cannot create " + path);
}

}  // namespace

std::string store_path(std::string const& data_dir) {
  return data_dir + "/siaga.db";
}

Result<std::unique_ptr<Store>> open_store(boost::asio::any_io_executor core,
                                          StoreSettings settings) {
  if (auto const made = make_dir(settings.data_dir); !made) return made.error();
  try {
    return std::unique_ptr<Store>(
        std::make_unique<SqliteStore>(std::move(core), std::move(settings)));
  } catch (SqlFailure const& failure) {
    return failure.error();
  }
}

}  // namespace siaga::journal
