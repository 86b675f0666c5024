using Duomano.Core.Files;
using Duomano.Core.Files.Pickles;
using Duomano.Core.Hands;

namespace Duomano.Formats.Hands;

/// <summary>
/// Reads a user's own MANO_RIGHT.pkl (as it is given out, or written anew by Python 3 with or without chumpy), or a .npz file with
/// arrays of the same names. Nothing in the file is executed.
/// </summary>
public static class ManoFile
{
    // The published file has 3.7 MB.
    private const int LargestFile = 64 << 20;

    private static readonly int[] Tree = [.. HandJoint.Parents[1..HandJoint.Count]];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .pkl or .npz file; its content tells which.</param>
    /// <exception cref="UnreadableFileException">It is neither, or not of MANO's right hand.</exception>
    public static ManoHand Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static ManoHand Read(Stream stream, string name = "MANO file")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = BoundedBytes.ReadAll(stream, name, LargestFile);
        if (bytes.Length == 0) throw new UnreadableFileException(name, "", "the file is empty");
        var file = new ManoEntries(Entries(bytes, name), name);
        CheckTree(file.Array("kintree_table", 2, HandJoint.Count), name);
        try
        {
            return new(new()
            {
                Template = file.Array("v_template", ManoArrays.VertexCount, 3),
                ShapeDirections = file.Array("shapedirs", ManoArrays.VertexCount, 3, ManoArrays.ShapeLength),
                PoseDirections = file.Array("posedirs", ManoArrays.VertexCount, 3, ManoArrays.PoseFeatures),
                JointRegressor = file.Array("J_regressor", HandJoint.Count, ManoArrays.VertexCount),
                Weights = file.Array("weights", ManoArrays.VertexCount, HandJoint.Count),
                MeanPose = file.Array("hands_mean", (HandJoint.Count - 1) * 3),
                Faces = file.Faces(),
            });
        }
        catch (ArgumentException wrong)
        {
            throw new UnreadableFileException(name, "", wrong.Message.Split(" (Parameter")[0], wrong);
        }
    }

    /// <summary>What a file of either kind holds, each entry read when it is asked for.</summary>
    internal static Dictionary<string, Func<NumericArray>> Entries(byte[] bytes, string name) => bytes.AsSpan().StartsWith("PK"u8) ? NumericNpz.Read(bytes, name) : FromPickle(bytes, name);

    private static Dictionary<string, Func<NumericArray>> FromPickle(byte[] bytes, string name)
    {
        if (new PickleMachine(bytes, name, "", new NumpyGlobals()).Run() is not OrderedDictionary<object, object?> dictionary)
        {
            throw new UnreadableFileException(name, "", "does not hold a dictionary, as MANO files do");
        }

        var entries = new Dictionary<string, Func<NumericArray>>(StringComparer.Ordinal);
        foreach (var (key, value) in dictionary) entries[Convert.ToString(key)!] = () => PickledNumbers.Of(value);
        return entries;
    }

    // The wrist's parent is -1 as the file's number type has it.
    private static void CheckTree(double[] table, string name)
    {
        for (var joint = 1; joint < HandJoint.Count; joint++)
        {
            if (table[joint] == Tree[joint - 1]) continue;
            throw new UnreadableFileException(name, "'kintree_table'", $"the parent of joint {joint} is {table[joint]}, expected {Tree[joint - 1]}, as in MANO's hands");
        }
    }
}

/// <summary>A MANO file's entries, asked for by name and checked.</summary>
internal sealed class ManoEntries(Dictionary<string, Func<NumericArray>> entries, string name)
{
    public double[] Array(string key, params int[] shape)
    {
        var array = Find(key);
        if (array.Shape.SequenceEqual(shape)) return array.Values;

        // One row or one column of numbers is a list of them; builds of more numbers than ten begin with the usual ten.
        if (shape.Length == 1 && array.Values.Length == shape[0]) return array.Values;
        var tail = shape[^1];
        if (key == "shapedirs" && array.Shape.Length == shape.Length && array.Shape.AsSpan()[..^1].SequenceEqual(shape.AsSpan()[..^1]) && array.Shape[^1] > tail)
        {
            return [.. array.Values.Where((_, i) => i % array.Shape[^1] < tail)];
        }

        throw new UnreadableFileException(name, $"'{key}'", $"has the shape {array.ShapeText}, expected ({string.Join(", ", shape)})");
    }

    public int[] Faces()
    {
        var faces = Find("f");
        if (faces.Shape is not [_, 3]) throw new UnreadableFileException(name, "'f'", $"has the shape {faces.ShapeText}, expected (triangles, 3)");
        return System.Array.ConvertAll(faces.Values, corner => corner is >= 0 and < ManoArrays.VertexCount ? (int)corner : -1);
    }

    private NumericArray Find(string key)
    {
        if (!entries.TryGetValue(key, out var read))
        {
            var known = string.Join(", ", entries.Keys.Take(12).Select(FileWords.Quote));
            throw new UnreadableFileException(name, "", $"has no '{key}', only {(known.Length > 0 ? known : "nothing")}; a MANO file is needed");
        }

        try
        {
            return read();
        }
        catch (PickleRefusedException refused)
        {
            throw new UnreadableFileException(name, $"'{key}'", $"is {refused.Message}");
        }
    }
}
