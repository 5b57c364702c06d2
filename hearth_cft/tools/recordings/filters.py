"""Filter sound with NumPy alone. SciPy, which has the same filters, is 140 MB on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hearth_cft.tools.recordings.extras import extra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

# The taps on either side of a sample, and the shape of their window. SciPy's resample_poly has the
# same.
_REACH = 10
_KAISER = 5.0


def oversampled(samples: Samples, times: int) -> Samples:
    """Return the samples at `times` their rate, with the samples between them."""
    numpy = extra("numpy")
    half = _REACH * times
    at = numpy.arange(-half, half + 1)
    taps = numpy.sinc(at / times) * numpy.kaiser(2 * half + 1, _KAISER)
    taps = (taps * times / taps.sum()).astype(numpy.float32)
    result: Samples = numpy.empty((len(samples), times), numpy.float32)
    if len(samples):
        for phase in range(times):
            every = numpy.convolve(samples, taps[phase::times])
            result[:, phase] = every[_REACH : _REACH + len(samples)]
    return result.reshape(-1)


def lowest_near(values: Samples, reach: int) -> Samples:
    """Return for each value the lowest of those at most `reach` away.

    The method is van Herk's: the lowest of any window is that of the end of one block and of the
    start of the next.
    """
    numpy = extra("numpy")
    width = 2 * reach + 1
    count = len(values)
    blocks = -(-(count + 2 * reach) // width)
    padded = numpy.full(blocks * width, numpy.inf, values.dtype)
    padded[reach : reach + count] = values
    rows = padded.reshape(blocks, width)
    starts = numpy.minimum.accumulate(rows, axis=1).reshape(-1)
    ends = numpy.minimum.accumulate(rows[:, ::-1], axis=1)[:, ::-1].reshape(-1)
    result: Samples = numpy.minimum(ends[:count], starts[width - 1 : width - 1 + count])
    return result


def mean_near(values: Samples, reach: int) -> Samples:
    """Return for each value the mean of those at most `reach` away.

    Beyond either end there are values like the first and the last.
    """
    numpy = extra("numpy")
    width = 2 * reach + 1
    padded = numpy.pad(values.astype(float), (reach + 1, reach), mode="edge")
    sums = numpy.cumsum(padded)
    result: Samples = ((sums[width:] - sums[:-width]) / width).astype(values.dtype)
    return result
