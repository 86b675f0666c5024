using Duomano.Core.Motion;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>
/// Where the camera stands that took a picture of a keyboard: its pixels are square and its axis goes through the middle of the picture, so the keys'
/// plane tells its focal length where it is seen obliquely (Zhang 2000, "A flexible new technique for camera calibration"). Seen from straight above
/// it does not; then the usual focal lengths of cameras decide.
/// </summary>
public static class PictureCamera
{
    // Focal lengths of phones, webcams and video cameras, times the longer side of the picture, and how much they spread.
    private const double UsualFocal = 0.95, FocalSpread = 0.3;

    // How exact the keys' angles are, and how exact the proportion of their depth to their width: where keys end is often hidden, and their front faces look like keys.
    private const double SkewSpread = 0.008, StretchSpread = 0.08;

    // Focal lengths that are tried.
    private const double Shortest = 0.4, Longest = 4;
    private const int Tries = 200;

    /// <summary>Finds the camera.</summary>
    /// <param name="toKeys">From pixels to the plane of the keys.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <returns>Its place above the keys.</returns>
    public static OverheadCamera Find(Homography toKeys, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(toKeys);
        var side = Math.Max(width, height);
        // From the keys to pixels from the middle of the picture, its longer side being 1.
        double[] m = [.. toKeys.Inverted().Matrix];
        for (var k = 0; k < 3; k++) (m[k], m[3 + k]) = ((m[k] - width / 2.0 * m[6 + k]) / side, (m[3 + k] - height / 2.0 * m[6 + k]) / side);
        var (best, least) = (UsualFocal, double.MaxValue);
        for (var i = 0; i <= Tries; i++)
        {
            var focal = Shortest * Math.Pow(Longest / Shortest, i / (double)Tries);
            var (a, b) = (Ray(m, 0, focal), Ray(m, 1, focal));
            var skew = Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b)) / SkewSpread;
            var stretch = 0.5 * Math.Log(Dot(a, a) / Dot(b, b)) / StretchSpread;
            var unusual = Math.Log(focal / UsualFocal) / FocalSpread;
            var cost = skew * skew + stretch * stretch + unusual * unusual;
            if (cost < least) (best, least) = (focal, cost);
        }

        // The columns of the rotation, and the keyboard's middle as the camera sees it.
        var (x, z, middle) = (Ray(m, 0, best), Ray(m, 1, best), Ray(m, 2, best));
        var scale = 1 / Math.Sqrt(Math.Sqrt(Dot(x, x) * Dot(z, z)));
        for (var k = 0; k < 3; k++) (x[k], z[k], middle[k]) = (x[k] * scale, z[k] * scale, middle[k] * scale);
        double[] up = [z[1] * x[2] - z[2] * x[1], z[2] * x[0] - z[0] * x[2], z[0] * x[1] - z[1] * x[0]];
        return new((float)-Dot(x, middle), (float)-Dot(z, middle), (float)Math.Abs(Dot(up, middle)));
    }

    private static double[] Ray(double[] matrix, int column, double focal) => [matrix[column] / focal, matrix[3 + column] / focal, matrix[6 + column]];

    private static double Dot(double[] a, double[] b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
