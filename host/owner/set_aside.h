// A folder below .sluice/set-aside, made when something is first moved into it: what a repair takes
// out of the way without deleting it. REQUIRES: the exclusive KB lock.
#pragma once

#include <optional>
#include <string>

#include "owner/knowledge_base.h"

namespace sluice::owner {

class SetAside {
 public:
  // In a new folder of its own.
  explicit SetAside(KnowledgeBase& kb) : kb_(kb) {}
  // In a folder of that name, which may be there already.
  SetAside(KnowledgeBase& kb, std::string folder) : kb_(kb), folder_(std::move(folder)) {}

  // Moves `name` below `from` there, as `new_name` or, where that is taken, with a number behind.
  // Returns its new path, relative to the KB; nothing if it was gone. Throws SystemError.
  std::optional<std::string> take(const platform::Dir& from, const std::string& name,
                                  const std::string& new_name);
  // Writes a durable file there.
  void write(const std::string& name, const std::string& text);
  // The folder's name; empty as long as it has none.
  const std::string& folder() const { return folder_; }
  // Leaves the file where it is and keeps a durable copy; false if there is no such file.
  bool copy(const platform::Dir& from, const std::string& name);

 private:
  void open();

  KnowledgeBase& kb_;
  std::string folder_;  // its name
  platform::Dir dir_;
};

}  // namespace sluice::owner
