package io.partd.spark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import scala.runtime.BoxedUnit;

/**
 * Lets SQL name a store by its path, ``partd.`hdfs:///flights` ``, in a session that has not used the data source
 * before. Spark finds this class by itself.
 */
public final class PartdExtensions implements SparkSessionExtensionsProvider {
    private static final Pattern PATH = Pattern.compile("(?i)\\bpartd\\s*\\.\\s*`[^`]*[/:]");

    /** For Spark. */
    public PartdExtensions() {}

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectParser((session, parser) -> registering(session, parser));
        return BoxedUnit.UNIT;
    }

    /** The same parser, which registers the catalog before it parses a text with such a path. */
    private static ParserInterface registering(SparkSession session, ParserInterface parser) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (arguments != null && arguments.length > 0 && arguments[0] instanceof String text) {
                if (PATH.matcher(text).find()) CatalogRegistration.register(session);
            }
            try {
                return method.invoke(parser, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (ParserInterface) Proxy.newProxyInstance(
                PartdExtensions.class.getClassLoader(), new Class<?>[] {ParserInterface.class}, handler);
    }
}
