# find_package(SluiceSDK) gives the target Sluice::sdk and the function sluice_add_plugin.
include(CMakeFindDependencyMacro)
find_dependency(ICU COMPONENTS uc i18n data)
find_dependency(PkgConfig)
pkg_check_modules(UCHARDET REQUIRED QUIET IMPORTED_TARGET uchardet)
pkg_check_modules(DEFLATE REQUIRED QUIET IMPORTED_TARGET libdeflate)
find_dependency(ZLIB)
include(${CMAKE_CURRENT_LIST_DIR}/SluiceSDKTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/SluicePlugin.cmake)
