// The few values that answers of an S3-like service have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::queue {

// The texts of all elements of that name that hold nothing but text, in order. Enough for answers
// of a machine that writes no comments and no attributes in these elements; whatever else stands
// there is passed over.
std::vector<std::string> xml_values(std::string_view answer, std::string_view name);

}  // namespace sluice::queue
