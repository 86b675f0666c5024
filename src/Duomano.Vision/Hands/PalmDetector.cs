using System.Numerics;
using Duomano.Core.Files;
using Duomano.Inference.Onnx;
using Duomano.Networks.Tensors;
using Duomano.Vision.Tflite;

namespace Duomano.Vision.Hands;

/// <summary>A palm in a picture.</summary>
/// <param name="Score">How likely it is one, 0 to 1.</param>
/// <param name="Centre">The middle of its box, pixels.</param>
/// <param name="Size">Breadth and height of the box.</param>
/// <param name="Points">Seven points: the wrist, the knuckles of index, middle, ring and little finger, the thumb's first two joints.</param>
public sealed record Palm(float Score, Vector2 Centre, Vector2 Size, Vector2[] Points)
{
    // From the palm to the whole hand: so much larger, and moved towards the fingers by this share of the box.
    private const float Room = 2.6f, Ahead = 0.5f;

    /// <summary>Where the hand is to be looked at, as MediaPipe does it.</summary>
    public HandRegion Region
    {
        get
        {
            var way = Points[2] - Points[0];
            var turn = MathF.Atan2(way.X, -way.Y);
            return new(Centre + Vector2.Transform(new(0, -Ahead * Size.Y), Matrix3x2.CreateRotation(turn)), Room * MathF.Max(Size.X, Size.Y), turn);
        }
    }
}

/// <summary>Finds palms in a picture by MediaPipe's detector. Not for several threads at once.</summary>
public sealed class PalmDetector : IDisposable
{
    // A box and seven points, told from the anchor that they belong to, in pixels of the network's picture.
    private const int Numbers = 18, Points = 7;

    // Boxes that overlap by more than this share are of one palm.
    private const float Overlap = 0.3f;

    private readonly OnnxModel _model;
    private readonly int _size;
    private readonly Vector2[] _anchors;

    /// <summary>Makes the network ready.</summary>
    /// <param name="model">palm_detection_full.tflite or palm_detection_lite.tflite.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <exception cref="UnreadableFileException">It is another model.</exception>
    public PalmDetector(TfliteModel model, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Inputs.Count != 1 || model.Tensors[model.Inputs[0]].Shape is not [1, var height, var width, 3] || height != width || model.Outputs.Count != 2)
        {
            throw new UnreadableFileException(model.Name, "", "is no detector of palms: one square picture in and two answers out were expected");
        }

        _size = width;
        _anchors = [.. Anchors(width)];
        var graph = new OnnxGraph(new StateDict());
        var answers = TfliteNetwork.Run(graph, model, graph.Input("picture", 1, height, width, 3));
        graph.Output("boxes", answers[0]);
        graph.Output("scores", answers[1]);
        _model = new(graph, new OnnxThreading { IntraOperation = threads });
        if (_model["boxes"].Length != Numbers * _anchors.Length || _model["scores"].Length != _anchors.Length)
        {
            throw new UnreadableFileException(model.Name, "", $"answers with {_model["scores"].Length} scores, expected {_anchors.Length}");
        }
    }

    /// <summary>Looks for palms.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="region">The square to look in; null for all of the picture.</param>
    /// <param name="least">How likely palms are at least that are told.</param>
    /// <returns>Palms, the likeliest first, each once.</returns>
    public IReadOnlyList<Palm> Find(Picture picture, HandRegion? region = null, float least = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var seen = region ?? new(new Vector2(picture.Width, picture.Height) / 2, Math.Max(picture.Width, picture.Height), 0);
        picture.Crop(seen, _size, _model["picture"]);
        _model.Run();
        var (boxes, scores) = (_model["boxes"], _model["scores"]);
        var palms = new List<Palm>();
        for (var i = 0; i < _anchors.Length; i++)
        {
            var score = 1 / (1 + MathF.Exp(-scores[i]));
            if (score < least) continue;
            var from = Numbers * i;
            Vector2 At(int number) => seen.ToPicture(_anchors[i] + new Vector2(boxes[from + number], boxes[from + number + 1]) / _size);
            palms.Add(new(score, At(0), new Vector2(boxes[from + 2], boxes[from + 3]) / _size * seen.Size, [.. Enumerable.Range(0, Points).Select(point => At(4 + 2 * point))]));
        }

        return Once(palms);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    // Of boxes that overlap the mean is told, the likelier ones counting more.
    private static List<Palm> Once(List<Palm> palms)
    {
        var left = palms.OrderByDescending(palm => palm.Score).ToList();
        var found = new List<Palm>();
        while (left.Count > 0)
        {
            var first = left[0];
            var same = left.Where(palm => palm == first || Shared(first, palm) > Overlap).ToList();
            left.RemoveAll(same.Contains);
            var total = same.Sum(palm => palm.Score);
            Vector2 Mean(Func<Palm, Vector2> part) => same.Aggregate(Vector2.Zero, (sum, palm) => sum + palm.Score / total * part(palm));
            found.Add(new(first.Score, Mean(palm => palm.Centre), Mean(palm => palm.Size), [.. Enumerable.Range(0, Points).Select(point => Mean(palm => palm.Points[point]))]));
        }

        return found;
    }

    // What two boxes have in common, as a share of what they cover together.
    private static float Shared(Palm a, Palm b)
    {
        var (low, high) = (Vector2.Max(a.Centre - a.Size / 2, b.Centre - b.Size / 2), Vector2.Min(a.Centre + a.Size / 2, b.Centre + b.Size / 2));
        var common = Vector2.Max(Vector2.Zero, high - low);
        var area = common.X * common.Y;
        return area / (a.Size.X * a.Size.Y + b.Size.X * b.Size.Y - area);
    }

    // Middles of the cells of a grid of 8 pixels, two each, and of one of 16 pixels, six each (Liu et al. 2016, "SSD", with anchors of one size).
    private static IEnumerable<Vector2> Anchors(int size) =>
        from layer in ((int Stride, int Each)[])[(8, 2), (16, 6)]
        from y in Enumerable.Range(0, size / layer.Stride)
        from x in Enumerable.Range(0, size / layer.Stride)
        from _ in Enumerable.Range(0, layer.Each)
        select new Vector2(x + 0.5f, y + 0.5f) * layer.Stride / size;
}
