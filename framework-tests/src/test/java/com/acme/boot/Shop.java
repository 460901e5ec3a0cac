package com.acme.boot;

import com.acme.catalogue.Catalogue;
import com.acme.catalogue.Season;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.cache.JCachePropertiesCustomizer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** An application of Spring Boot; everything else stands in application.properties. */
@SpringBootApplication
@EnableCaching
public class Shop {

  @Bean
  Catalogue catalogue() {
    return new Catalogue();
  }

  /** Hands the settings of Holdfast in application.properties to the cache manager. */
  @Bean
  JCachePropertiesCustomizer holdfast(Environment environment) {
    return settings -> Stream.of("holdfast.file", "holdfast.serialization.allow")
        .forEach(name -> settings.setProperty(name, environment.getRequiredProperty(name)));
  }

  /** Asks for three prices, says what it got and how often it had to compute, and waits for its end. */
  public static void main(String[] arguments) throws Exception {
    ConfigurableApplicationContext context = SpringApplication.run(Shop.class, arguments);
    Catalogue catalogue = context.getBean(Catalogue.class);
    System.out.println(catalogue.price("kelp"));
    System.out.println(catalogue.priceInSeason("kelp", 3, Season.AUTUMN));
    System.out.println(catalogue.discount("kelp"));
    System.out.println("computed " + catalogue.computations());
    System.in.read();
    context.close();
  }
}
