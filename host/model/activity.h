// What a run is busy with, for those who watch it: documents in hand, since when, and a wait for
// the lock. Written by lanes and owner, read by the progress display; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace sluice {

class Activity {
 public:
  enum class Stage { kReading, kConverting, kLockWait };

 private:
  struct Item {
    Stage stage;
    std::string what;
    std::string converter;
    std::chrono::steady_clock::time_point since;
    std::uint64_t done;
    std::uint64_t total;
  };
  using Items = std::list<Item>;

 public:
  // Something in hand, for as long as this lives. Empty where nobody watches.
  class Turn {
   public:
    Turn() = default;
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

    // Which converter has it now.
    void pass_to(const std::string& converter);
    // How much of it is done; total 0: not known.
    void advance(std::uint64_t done, std::uint64_t total);

   private:
    friend class Activity;
    Turn(Activity& activity, Items::iterator item) : activity_(&activity), item_(item) {}
    Activity* activity_ = nullptr;
    Items::iterator item_;
  };

  // `what`: the document as its user called it, or who holds the lock.
  Turn begin(Stage stage, std::string what);
  // The same, where there may be nobody who watches.
  static Turn begin(Activity* activity, Stage stage, const std::string& what);

  struct View {
    Stage stage = Stage::kConverting;
    std::string what;
    std::chrono::milliseconds age{};
    std::optional<unsigned> percent;
    std::string converter = {};  // kConverting; or empty
  };
  // All that is in hand, what has been longest first; a wait for the lock before all else, since
  // nothing else ends then.
  std::vector<View> all() const;

 private:
  mutable std::mutex mutex_;
  Items items_;  // oldest first
};

}  // namespace sluice
