// Pictures need an X display, also off the screen: VTK aborts the program when there is none.
#pragma once

namespace tautband::post {

/// Returns when a display can be opened. Otherwise starts this program again, with the same arguments, under xvfb-run.
/// Throws RunError when that is not installed or does not help.
void require_display(char** arguments);

}  // namespace tautband::post
